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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StorageErrors;
import page.bits.db.spi.StoredEntry;
import page.bits.db.spi.Versioned;
import page.bits.storage.jdbc.shared.Deadline;
import page.bits.storage.jdbc.shared.SessionPool;

/// A storage in one SQLite file: one connection that writes, a few that read.
///
/// Thread-safe. Every write is one statement, so no transaction is ever left open. A log row's key
/// is the database's number shifted left by 40 bits, plus the position: appending to any database
/// is an insert into one b-tree, and reading a log is a range of it.
final class SqliteStorage implements Storage {
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
  private static final String NUMBER = "SELECT n FROM bits_database WHERE uuid = ?";
  private static final String ADD_DATABASE =
      "INSERT INTO bits_database(uuid) VALUES(?) ON CONFLICT DO NOTHING";
  private static final String PUT_BLOB =
      "INSERT INTO bits_blob(k, bytes) VALUES(?, ?) ON CONFLICT DO NOTHING";
  private static final String GET_BLOB = "SELECT bytes FROM bits_blob WHERE k = ?";
  private static final String DELETE_BLOB = "DELETE FROM bits_blob WHERE k = ?";
  private static final String ADD_RECORD =
      "INSERT INTO bits_record(k, version, bytes) VALUES(?, 1, ?) ON CONFLICT DO NOTHING";
  private static final String CHANGE_RECORD =
      "UPDATE bits_record SET version = version + 1, bytes = ? WHERE k = ? AND version = ?";
  private static final String REMOVE_RECORD = "DELETE FROM bits_record WHERE k = ? AND version = ?";
  private static final String GET_RECORD = "SELECT version, bytes FROM bits_record WHERE k = ?";
  private static final String LIST = "SELECT k FROM bits_record WHERE k >= ? ORDER BY k";

  private final SqliteFile file;
  private final Duration deadline;
  private final Map<String, String> settings;
  private final InstantSource clock = InstantSource.system();
  private final SqliteHub hub;
  private final SessionPool writer;
  private final SessionPool readers;
  private final Map<DatabaseId, Long> numbers = new ConcurrentHashMap<>();
  private final Set<Registration> registrations = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  private SqliteStorage(
      SqliteFile file, SqliteSessions sessions, Map<String, String> settings, Duration deadline) {
    this.file = file;
    this.deadline = deadline;
    this.settings = settings;
    this.hub = SqliteHub.join(file, sessions);
    this.writer = new SessionPool("the writer", 1, sessions::writer, e -> !SqliteCodes.isBusy(e));
    this.readers =
        new SessionPool("a reader", READERS, sessions::reader, e -> !SqliteCodes.isBusy(e));
  }

  static SqliteStorage open(SqliteFile file, boolean create, Duration deadline) {
    var sessions = new SqliteSessions(file, deadline);
    return new SqliteStorage(file, sessions, sessions.prepare(create), deadline);
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
    return call(
        writer,
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
  public void putBlob(String key, Bytes bytes) {
    if (write(s -> s.update(PUT_BLOB, key, bytes)) == 0
        && !getBlob(key).equals(Optional.of(bytes))) {
      throw StorageErrors.blobKeyReused(key);
    }
  }

  @Override
  public Optional<Bytes> getBlob(String key) {
    return read(s -> s.first(GET_BLOB, row -> Bytes.wrap(row.getBytes(1)), key));
  }

  @Override
  public void deleteBlob(String key) {
    write(s -> s.update(DELETE_BLOB, key));
  }

  @Override
  public boolean compareAndSet(String key, long expectedVersion, @Nullable Bytes bytes) {
    if (bytes == null) {
      return expectedVersion == 0
          ? get(key).isEmpty()
          : write(s -> s.update(REMOVE_RECORD, key, expectedVersion)) == 1;
    }
    return expectedVersion == 0
        ? write(s -> s.update(ADD_RECORD, key, bytes)) == 1
        : write(s -> s.update(CHANGE_RECORD, bytes, key, expectedVersion)) == 1;
  }

  @Override
  public Optional<Versioned> get(String key) {
    return read(
        s ->
            s.first(
                GET_RECORD,
                row -> new Versioned(row.getLong(1), Bytes.wrap(row.getBytes(2))),
                key));
  }

  @Override
  public List<String> list(String prefix) {
    return read(
        session -> {
          var keys = new ArrayList<String>();
          try (ResultSet row = session.bound(LIST, prefix).executeQuery()) {
            while (row.next() && row.getString(1).startsWith(prefix)) {
              keys.add(row.getString(1));
            }
          }
          // SQLite orders by bytes of UTF-8, strings by UTF-16.
          return keys.stream().sorted().toList();
        });
  }

  @Override
  public void hint(DatabaseId database, long position) {
    if (!closed.get()) {
      hub.listeners().tell(database, position);
    }
  }

  @Override
  public Registration onHint(HintListener listener) {
    requireOpen();
    Registration registration = hub.listeners().add(listener);
    registrations.add(registration);
    hub.watch();
    return () -> {
      registration.close();
      registrations.remove(registration);
    };
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
  public void close() {
    if (closed.compareAndSet(false, true)) {
      registrations.forEach(Registration::close);
      hub.leave();
      readers.close();
      writer.close();
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw StorageErrors.closed();
    }
  }

  private long number(DatabaseId database) {
    Long known = numbers.get(database);
    if (known != null) {
      return known;
    }
    Optional<Long> found = read(s -> s.first(NUMBER, row -> row.getLong(1), uuid(database)));
    found.ifPresent(number -> numbers.put(database, number));
    return found.orElse(-1L);
  }

  private long numberMade(DatabaseId database) {
    long number = number(database);
    if (number >= 0) {
      return number;
    }
    write(s -> s.update(ADD_DATABASE, uuid(database)));
    return number(database);
  }

  private static Bytes uuid(DatabaseId database) {
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

  private <T> T read(SessionPool.Call<T> call) {
    return wrapped(readers, call);
  }

  private <T> T write(SessionPool.Call<T> call) {
    return wrapped(writer, call);
  }

  private <T> T wrapped(SessionPool pool, SessionPool.Call<T> call) {
    try {
      return call(pool, call);
    } catch (SQLException e) {
      throw SqliteCodes.wrap(file, e);
    }
  }

  /// Waits for a connection and for the file's lock, at most until the deadline.
  private <T> T call(SessionPool pool, SessionPool.Call<T> call) throws SQLException {
    requireOpen();
    Deadline end = Deadline.in(deadline);
    return pool.use(end, session -> SqliteSessions.retrying(end, () -> call.run(session)));
  }
}
