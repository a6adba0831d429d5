/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.HintListeners;
import page.bits.db.spi.StorageErrors;
import page.bits.db.spi.StoredEntry;
import page.bits.error.BitsException;
import page.bits.storage.jdbc.shared.Deadline;
import page.bits.storage.jdbc.shared.JdbcStorage;
import page.bits.storage.jdbc.shared.SessionPool;
import page.bits.storage.jdbc.shared.SqlSession;

/// A storage on a PostgreSQL server: one connection that appends, two for everything else, one that
/// notifies, and one that listens.
///
/// Thread-safe. A rival that inserts the same position waits on the server until the first has
/// committed, so the server decides and answers the loser with no row. A read on a connection that
/// turns out to be gone is tried once more on a new one; a write never is.
final class PostgresStorage extends JdbcStorage {
  private static final int OTHERS = 2;
  private static final int FEW = 8;
  private static final int ROWS_MIN = 16;
  private static final int ROWS_MAX = 10_000;
  private static final int ROW_BYTES_USUAL = 256;

  private static final String INSERT_FIRST =
      "INSERT INTO bits_log(db, p, digest, bytes) VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String INSERT_NEXT =
      "INSERT INTO bits_log(db, p, digest, bytes) SELECT ?, ?, ?, ?"
          + " WHERE EXISTS(SELECT 1 FROM bits_log WHERE db = ? AND p = ? AND digest = ?)"
          + " ON CONFLICT DO NOTHING";

  /// The same with its hint, which the server sends when the row is committed. It answers a row if
  /// there is one.
  private static final String INSERT_NEXT_AND_TELL =
      INSERT_NEXT + " RETURNING pg_notify('" + PostgresHints.CHANNEL + "', ?)";

  private static final String READ_FEW =
      "SELECT p, digest, bytes FROM bits_log WHERE db = ? AND p >= ? ORDER BY p LIMIT " + FEW;

  private static final String READ =
      """
      SELECT p, digest, bytes FROM (
        SELECT p, digest, bytes, sum(octet_length(bytes)) OVER (ORDER BY p) AS total FROM (
          SELECT p, digest, bytes FROM bits_log WHERE db = ? AND p >= ? ORDER BY p LIMIT ?) few) sums
      WHERE p = ? OR total <= ? ORDER BY p
      """;
  private static final String RESOLVE =
      "SELECT p, digest, bytes FROM bits_log WHERE db = ? AND p = ?";
  private static final String HEAD = "SELECT p FROM bits_log WHERE db = ? ORDER BY p DESC LIMIT 1";
  private static final String REPLACE =
      "UPDATE bits_log SET bytes = ? WHERE db = ? AND p = ? AND digest = ?";
  private static final String UUID_OF = "SELECT uuid FROM bits_database WHERE n = ?";
  private static final String NOW = "SELECT clock_timestamp()";

  private final PostgresServer server;
  private final Duration deadline;
  private final Map<String, String> settings;
  private final PostgresHints hints;
  private final SessionPool appender;
  private final SessionPool others;
  private final Map<Long, DatabaseId> databases = new ConcurrentHashMap<>();

  private PostgresStorage(
      PostgresServer server,
      PostgresSessions sessions,
      Map<String, String> settings,
      Duration deadline,
      HintListeners listeners) {
    super(listeners);
    this.server = server;
    this.deadline = deadline;
    this.settings = settings;
    this.hints =
        new PostgresHints(
            sessions, listeners, "off".equals(settings.get("tls")), this::number, this::databaseOf);
    this.appender =
        new SessionPool("the appender", 1, sessions::durable, PostgresCodes::breaksConnection);
    this.others =
        new SessionPool("a connection", OTHERS, sessions::durable, PostgresCodes::breaksConnection);
  }

  static PostgresStorage open(PostgresServer server, boolean create, Duration deadline) {
    var sessions = new PostgresSessions(server, deadline);
    return new PostgresStorage(
        server, sessions, sessions.prepare(create), deadline, new HintListeners());
  }

  @Override
  public AppendResult append(
      DatabaseId database, long position, Digest previous, Digest digest, Bytes bytes) {
    long number = numberMade(database);
    int rows;
    try {
      rows =
          position == 0
              ? append(s -> s.update(INSERT_FIRST, number, position, digest.bytes(), bytes))
              : insertNext(database, number, position, previous, digest, bytes);
    } catch (SQLException e) {
      BitsException cause = PostgresCodes.wrap(server, deadline, e);
      if (PostgresCodes.tookNoEffect(e)) {
        throw cause;
      }
      return new AppendResult.Unknown(cause);
    }
    return rows > 0
        ? new AppendResult.Appended()
        : resolve(database, position)
            .<AppendResult>map(AppendResult.Taken::new)
            .orElseGet(AppendResult.Forked::new);
  }

  private int insertNext(
      DatabaseId database, long number, long position, Digest previous, Digest digest, Bytes bytes)
      throws SQLException {
    Object[] row = {
      number, position, digest.bytes(), bytes, number, position - 1, previous.bytes()
    };
    if (!hints.isDue(database)) {
      return append(s -> s.update(INSERT_NEXT, row));
    }
    Object[] withHint = Arrays.copyOf(row, row.length + 1);
    withHint[row.length] = PostgresHints.payload(number, position);
    try {
      int rows = append(s -> s.first(INSERT_NEXT_AND_TELL, _ -> 1, withHint).orElse(0));
      if (rows > 0) {
        hints.told(database, position);
      }
      return rows;
    } catch (SQLException e) {
      if (!PostgresCodes.tellsNobody(e)) {
        throw e;
      }
      return append(s -> s.update(INSERT_NEXT, row));
    }
  }

  private int append(SessionPool.Call<Integer> insert) throws SQLException {
    requireOpen();
    return appender.use(Deadline.in(deadline), insert);
  }

  @Override
  public List<StoredEntry> read(DatabaseId database, long fromPosition, int maxBytes) {
    long number = number(database);
    if (number < 0) {
      return List.of();
    }
    List<StoredEntry> entries = readFew(number, fromPosition, maxBytes);
    if (entries.size() == FEW) {
      entries = readMany(number, fromPosition, maxBytes);
    }
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).position() != fromPosition + i) {
        throw StorageErrors.gap(database, fromPosition + i, entries.get(i).position());
      }
    }
    return List.copyOf(entries);
  }

  /// For who follows the end of the log, where little lies: the plainest statement there is.
  private List<StoredEntry> readFew(long number, long fromPosition, int maxBytes) {
    List<StoredEntry> few =
        read(s -> s.query(READ_FEW, PostgresStorage::entry, number, fromPosition));
    long sizeBytes = 0;
    for (int i = 0; i < few.size(); i++) {
      sizeBytes += few.get(i).bytes().size();
      if (sizeBytes > maxBytes && i > 0) {
        return few.subList(0, i);
      }
    }
    return few;
  }

  private List<StoredEntry> readMany(long number, long fromPosition, int maxBytes) {
    int rows = Math.clamp(maxBytes / ROW_BYTES_USUAL, ROWS_MIN, ROWS_MAX);
    return read(
        s ->
            s.query(
                READ,
                PostgresStorage::entry,
                number,
                fromPosition,
                rows,
                fromPosition,
                (long) maxBytes));
  }

  @Override
  public Optional<StoredEntry> resolve(DatabaseId database, long position) {
    long number = number(database);
    return number < 0 ? Optional.empty() : read(s -> resolve(s, number, position));
  }

  static Optional<StoredEntry> resolve(SqlSession session, long number, long position)
      throws SQLException {
    return session.first(RESOLVE, PostgresStorage::entry, number, position);
  }

  @Override
  public long head(DatabaseId database) {
    long number = number(database);
    return number < 0 ? -1 : read(s -> s.first(HEAD, row -> row.getLong(1), number)).orElse(-1L);
  }

  @Override
  public boolean replace(DatabaseId database, long position, Digest digest, Bytes bytes) {
    long number = number(database);
    return number >= 0
        && write(s -> s.update(REPLACE, bytes, number, position, digest.bytes())) == 1;
  }

  @Override
  public void hint(DatabaseId database, long position) {
    if (!isClosed()) {
      hints.send(database, position);
    }
  }

  @Override
  public Instant now() {
    return read(s -> s.first(NOW, row -> row.getObject(1, OffsetDateTime.class).toInstant()))
        .orElseThrow();
  }

  @Override
  public Map<String, String> settings() {
    var all = new TreeMap<>(settings);
    all.put("hints", hints.state());
    return all;
  }

  @Override
  protected Object uuidColumn(DatabaseId database) {
    return database.uuid();
  }

  @Override
  protected void startListening() {
    hints.listen();
  }

  @Override
  protected void release() {
    hints.close();
    others.close();
    appender.close();
  }

  private Optional<DatabaseId> databaseOf(long number) {
    DatabaseId known = databases.get(number);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<DatabaseId> found =
        read(s -> s.first(UUID_OF, row -> new DatabaseId(row.getObject(1, UUID.class)), number));
    found.ifPresent(database -> databases.put(number, database));
    return found;
  }

  private static StoredEntry entry(ResultSet row) throws SQLException {
    return new StoredEntry(
        row.getLong(1), new Digest(Bytes.wrap(row.getBytes(2))), Bytes.wrap(row.getBytes(3)));
  }

  @Override
  protected <T> T write(SessionPool.Call<T> call) {
    requireOpen();
    try {
      return others.use(Deadline.in(deadline), call);
    } catch (SQLException e) {
      throw PostgresCodes.wrap(server, deadline, e);
    }
  }

  @Override
  protected <T> T read(SessionPool.Call<T> call) {
    requireOpen();
    Deadline end = Deadline.in(deadline);
    try {
      return readTwice(end, call);
    } catch (SQLException e) {
      throw PostgresCodes.wrap(server, deadline, e);
    }
  }

  private <T> T readTwice(Deadline end, SessionPool.Call<T> call) throws SQLException {
    try {
      return others.use(end, call);
    } catch (SQLException e) {
      if (!PostgresCodes.lostConnection(e) || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      others.forgetIdle(); // whatever closed this one has most likely closed the others
      return others.use(end, call);
    }
  }
}
