/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.StorageErrors;
import page.bits.db.spi.StoredEntry;
import page.bits.storage.jdbc.shared.Deadline;
import page.bits.storage.jdbc.shared.JdbcStorage;
import page.bits.storage.jdbc.shared.SessionPool;

/// A storage in one SQLite file: one connection that writes, a few that read.
///
/// Thread-safe. Every write is one statement, so no transaction is ever left open. A log row's key
/// is the database's number shifted left by 40 bits, plus the position: appending to any database
/// is an insert into one b-tree, and reading a log is a range of it.
final class SqliteStorage extends JdbcStorage {
  private static final int POSITION_BITS = 40;
  private static final long POSITION_MAX = (1L << POSITION_BITS) - 1;
  private static final int READERS = 4;

  private static final String INSERT_FIRST =
      "INSERT INTO bits_log(k, digest, bytes) VALUES(?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String INSERT_NEXT =
      "INSERT INTO bits_log(k, digest, bytes) SELECT ?, ?, ?"
          + " WHERE EXISTS(SELECT 1 FROM bits_log WHERE k = ? AND digest = ?)"
          + " ON CONFLICT DO NOTHING";
  private static final String READ =
      "SELECT k, digest, bytes FROM bits_log WHERE k >= ? AND k <= ? ORDER BY k";
  private static final String RESOLVE = "SELECT k, digest, bytes FROM bits_log WHERE k = ?";
  private static final String HEAD =
      "SELECT k FROM bits_log WHERE k >= ? AND k <= ? ORDER BY k DESC LIMIT 1";

  private static final String REPLACE = "UPDATE bits_log SET bytes = ? WHERE k = ? AND digest = ?";

  private final SqliteFile file;
  private final Duration deadline;
  private final Map<String, String> settings;
  private final InstantSource clock = InstantSource.system();
  private final SqliteHub hub;
  private final SessionPool writer;
  private final SessionPool readers;

  private SqliteStorage(
      SqliteFile file,
      SqliteSessions sessions,
      SqliteHub hub,
      Map<String, String> settings,
      Duration deadline) {
    super(hub.listeners());
    this.file = file;
    this.deadline = deadline;
    this.settings = settings;
    this.hub = hub;
    this.writer = new SessionPool("the writer", 1, sessions::writer, e -> !SqliteCodes.isBusy(e));
    this.readers =
        new SessionPool("a reader", READERS, sessions::reader, e -> !SqliteCodes.isBusy(e));
  }

  static SqliteStorage open(SqliteFile file, boolean create, Duration deadline) {
    var sessions = new SqliteSessions(file, deadline);
    Map<String, String> settings = sessions.prepare(create);
    return new SqliteStorage(file, sessions, SqliteHub.join(file, sessions), settings, deadline);
  }

  @Override
  public AppendResult append(
      DatabaseId database, long position, Digest previous, Digest digest, Bytes bytes) {
    long key = key(numberMade(database), position);
    int rows;
    try {
      rows = insert(key, position, previous, digest, bytes);
    } catch (SQLException e) {
      // Whether the row is in the file is open until the next connection has looked.
      return new AppendResult.Unknown(SqliteCodes.wrap(file, e));
    }
    return rows == 1
        ? new AppendResult.Appended()
        : resolve(database, position)
            .<AppendResult>map(AppendResult.Taken::new)
            .orElseGet(AppendResult.Forked::new);
  }

  private int insert(long key, long position, Digest previous, Digest digest, Bytes bytes)
      throws SQLException {
    return callWriter(
        session ->
            position == 0
                ? session.update(INSERT_FIRST, key, digest.bytes(), bytes)
                : session.update(
                    INSERT_NEXT, key, digest.bytes(), bytes, key - 1, previous.bytes()));
  }

  @Override
  public List<StoredEntry> read(DatabaseId database, long fromPosition, int maxBytes) {
    long number = number(database);
    return number < 0
        ? List.of()
        : read(
            session -> {
              try (ResultSet row =
                  session
                      .bound(READ, key(number, fromPosition), key(number, POSITION_MAX))
                      .executeQuery()) {
                return entries(database, row, fromPosition, maxBytes);
              }
            });
  }

  private static List<StoredEntry> entries(
      DatabaseId database, ResultSet row, long fromPosition, int maxBytes) throws SQLException {
    var entries = new ArrayList<StoredEntry>();
    long sizeBytes = 0;
    for (long expected = fromPosition; row.next(); expected++) {
      StoredEntry entry = entry(row);
      if (entry.position() != expected) {
        throw StorageErrors.gap(database, expected, entry.position());
      }
      sizeBytes += entry.bytes().size();
      if (sizeBytes > maxBytes && !entries.isEmpty()) {
        break;
      }
      entries.add(entry);
    }
    return List.copyOf(entries);
  }

  @Override
  public Optional<StoredEntry> resolve(DatabaseId database, long position) {
    long number = number(database);
    return number < 0
        ? Optional.empty()
        : read(s -> s.first(RESOLVE, SqliteStorage::entry, key(number, position)));
  }

  @Override
  public long head(DatabaseId database) {
    long number = number(database);
    return number < 0
        ? -1
        : read(s -> s.first(HEAD, r -> r.getLong(1), key(number, 0), key(number, POSITION_MAX)))
            .map(key -> key & POSITION_MAX)
            .orElse(-1L);
  }

  @Override
  public boolean replace(DatabaseId database, long position, Digest digest, Bytes bytes) {
    long number = number(database);
    return number >= 0
        && write(s -> s.update(REPLACE, bytes, key(number, position), digest.bytes())) == 1;
  }

  @Override
  public void hint(DatabaseId database, long position) {
    if (!isClosed()) {
      hub.listeners().tell(database, position);
    }
  }

  @Override
  public Instant now() {
    requireOpen();
    return clock.instant();
  }

  @Override
  public Map<String, String> settings() {
    return settings;
  }

  @Override
  protected void startListening() {
    hub.watch();
  }

  @Override
  protected void release() {
    hub.leave();
    readers.close();
    writer.close();
  }

  @Override
  protected Object uuidColumn(DatabaseId database) {
    UUID uuid = database.uuid();
    return Bytes.wrap(
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array());
  }

  private static long key(long number, long position) {
    if (position < 0 || position > POSITION_MAX || number >= 1L << (63 - POSITION_BITS)) {
      throw new IllegalArgumentException("database " + number + " position " + position);
    }
    return (number << POSITION_BITS) | position;
  }

  private static StoredEntry entry(ResultSet row) throws SQLException {
    return new StoredEntry(
        row.getLong(1) & POSITION_MAX,
        new Digest(Bytes.wrap(row.getBytes(2))),
        Bytes.wrap(row.getBytes(3)));
  }

  @Override
  protected <T> T read(SessionPool.Call<T> call) {
    requireOpen();
    Deadline end = Deadline.in(deadline);
    try {
      return readers.use(end, session -> SqliteSessions.retrying(end, () -> call.run(session)));
    } catch (SQLException e) {
      throw SqliteCodes.wrap(file, e);
    }
  }

  @Override
  protected <T> T write(SessionPool.Call<T> call) {
    try {
      return callWriter(call);
    } catch (SQLException e) {
      throw SqliteCodes.wrap(file, e);
    }
  }

  /// Waits for the connection and for the file's lock, at most until the deadline.
  private <T> T callWriter(SessionPool.Call<T> call) throws SQLException {
    requireOpen();
    Deadline end = Deadline.in(deadline);
    return writer.use(end, session -> hub.door().through(end, session, call));
  }

  SqliteDoor door() {
    return hub.door();
  }

  /// Runs a setting on the connection that writes, for tests that make it fail.
  void onWriter(String sql) {
    write(
        session -> {
          session.execute(sql);
          return true;
        });
  }
}
