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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
import page.bits.error.BitsException;
import page.bits.storage.jdbc.shared.Deadline;
import page.bits.storage.jdbc.shared.SessionPool;

/// A storage on a PostgreSQL server: one connection that appends, two for everything else, one that
/// notifies, and one that listens.
///
/// Thread-safe. A rival that inserts the same position waits on the server until the first has
/// committed, so the server decides and answers the loser with no row. A read on a connection that
/// turns out to be gone is tried once more on a new one; a write never is.
final class PostgresStorage implements Storage {
  private static final int OTHERS = 2;
  private static final int ROWS_MIN = 16;
  private static final int ROWS_MAX = 10_000;
  private static final int ROW_BYTES_USUAL = 256;

  private static final String INSERT_FIRST =
      "INSERT INTO bits_log(db, p, digest, bytes) VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String INSERT_NEXT =
      "INSERT INTO bits_log(db, p, digest, bytes) SELECT ?, ?, ?, ?"
          + " WHERE EXISTS(SELECT 1 FROM bits_log WHERE db = ? AND p = ? AND digest = ?)"
          + " ON CONFLICT DO NOTHING";
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
  private static final String NUMBER = "SELECT n FROM bits_database WHERE uuid = ?";
  private static final String UUID_OF = "SELECT uuid FROM bits_database WHERE n = ?";
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
  private static final String LIST = "SELECT k FROM bits_record WHERE starts_with(k, ?)";
  private static final String NOW = "SELECT clock_timestamp()";

  private final PostgresServer server;
  private final Duration deadline;
  private final Map<String, String> settings;
  private final PostgresHints hints;
  private final SessionPool appender;
  private final SessionPool others;
  private final Map<DatabaseId, Integer> numbers = new ConcurrentHashMap<>();
  private final Map<Long, DatabaseId> databases = new ConcurrentHashMap<>();
  private final Set<Registration> registrations = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  private PostgresStorage(
      PostgresServer server,
      PostgresSessions sessions,
      Map<String, String> settings,
      Duration deadline) {
    this.server = server;
    this.deadline = deadline;
    this.settings = settings;
    this.hints =
        new PostgresHints(
            sessions, "off".equals(settings.get("tls")), this::number, this::databaseOf);
    this.appender =
        new SessionPool("the appender", 1, sessions::durable, PostgresCodes::breaksConnection);
    this.others =
        new SessionPool("a connection", OTHERS, sessions::durable, PostgresCodes::breaksConnection);
  }

  static PostgresStorage open(PostgresServer server, boolean create, Duration deadline) {
    var sessions = new PostgresSessions(server, deadline);
    return new PostgresStorage(server, sessions, sessions.prepare(create), deadline);
  }

  @Override
  public AppendResult append(
      DatabaseId database, long position, Digest previous, Digest digest, Bytes bytes) {
    int number = numberMade(database);
    int rows;
    try {
      rows = insert(number, position, previous, digest, bytes);
    } catch (SQLException e) {
      BitsException cause = PostgresCodes.wrap(server, deadline, e);
      if (PostgresCodes.tookNoEffect(e)) {
        throw cause;
      }
      return new AppendResult.Unknown(cause);
    }
    return rows == 1
        ? new AppendResult.Appended()
        : resolve(database, position)
            .<AppendResult>map(AppendResult.Taken::new)
            .orElseGet(AppendResult.Forked::new);
  }

  private int insert(int number, long position, Digest previous, Digest digest, Bytes bytes)
      throws SQLException {
    requireOpen();
    return appender.use(
        Deadline.in(deadline),
        session ->
            position == 0
                ? session.update(INSERT_FIRST, number, position, digest.bytes(), bytes)
                : session.update(
                    INSERT_NEXT,
                    number,
                    position,
                    digest.bytes(),
                    bytes,
                    number,
                    position - 1,
                    previous.bytes()));
  }

  @Override
  public List<StoredEntry> read(DatabaseId database, long fromPosition, int maxBytes) {
    int number = number(database);
    if (number < 0) {
      return List.of();
    }
    int rows = Math.clamp(maxBytes / ROW_BYTES_USUAL, ROWS_MIN, ROWS_MAX);
    List<StoredEntry> entries =
        read(
            s ->
                s.query(
                    READ,
                    PostgresStorage::entry,
                    number,
                    fromPosition,
                    rows,
                    fromPosition,
                    (long) maxBytes));
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).position() != fromPosition + i) {
        throw StorageErrors.gap(database, fromPosition + i, entries.get(i).position());
      }
    }
    return List.copyOf(entries);
  }

  @Override
  public Optional<StoredEntry> resolve(DatabaseId database, long position) {
    int number = number(database);
    return number < 0
        ? Optional.empty()
        : read(s -> s.first(RESOLVE, PostgresStorage::entry, number, position));
  }

  @Override
  public long head(DatabaseId database) {
    int number = number(database);
    return number < 0 ? -1 : read(s -> s.first(HEAD, row -> row.getLong(1), number)).orElse(-1L);
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
    // The server orders by bytes of UTF-8, strings by UTF-16.
    return read(s -> s.query(LIST, row -> row.getString(1), prefix)).stream().sorted().toList();
  }

  @Override
  public void hint(DatabaseId database, long position) {
    if (!closed.get()) {
      hints.send(database, position);
    }
  }

  @Override
  public Registration onHint(HintListener listener) {
    requireOpen();
    Registration registration = hints.listeners().add(listener);
    registrations.add(registration);
    hints.listen();
    return () -> {
      registration.close();
      registrations.remove(registration);
    };
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
  public void close() {
    if (closed.compareAndSet(false, true)) {
      registrations.forEach(Registration::close);
      hints.close();
      others.close();
      appender.close();
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw StorageErrors.closed();
    }
  }

  private int number(DatabaseId database) {
    Integer known = numbers.get(database);
    if (known != null) {
      return known;
    }
    Optional<Integer> found = read(s -> s.first(NUMBER, row -> row.getInt(1), database.uuid()));
    found.ifPresent(number -> numbers.put(database, number));
    return found.orElse(-1);
  }

  private int numberMade(DatabaseId database) {
    int number = number(database);
    if (number >= 0) {
      return number;
    }
    write(s -> s.update(ADD_DATABASE, database.uuid()));
    return number(database);
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

  private <T> T write(SessionPool.Call<T> call) {
    requireOpen();
    try {
      return others.use(Deadline.in(deadline), call);
    } catch (SQLException e) {
      throw PostgresCodes.wrap(server, deadline, e);
    }
  }

  private <T> T read(SessionPool.Call<T> call) {
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
