/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;
import page.bits.storage.jdbc.shared.Deadline;
import page.bits.storage.jdbc.shared.JdbcErrors;
import page.bits.storage.jdbc.shared.SqlSession;

/// Opens connections to one file, each with its settings read back, and makes the tables of a new
/// one.
final class SqliteSessions {
  /// "bits" in ASCII, in the file's header: tells our files from those of others.
  private static final long APPLICATION = 0x62697473L;

  private static final long LAYOUT = 1;
  private static final String VERSION_MIN = "3.51.3";
  static final String LOCK = "the lock of the SQLite file";

  /// Asked in one statement, so of one moment: between two, another opener may make its tables.
  private static final String HEADER =
      "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)"
          + " FROM pragma_application_id, pragma_user_version";

  private static final String[] TABLES = {
    "CREATE TABLE bits_database(n INTEGER PRIMARY KEY AUTOINCREMENT, uuid BLOB NOT NULL UNIQUE)",
    "CREATE TABLE bits_log(k INTEGER PRIMARY KEY, digest BLOB NOT NULL, bytes BLOB NOT NULL)",
    // A rowid table: large rows inside a primary-key tree make every look-up slow.
    "CREATE TABLE bits_blob(n INTEGER PRIMARY KEY, k TEXT NOT NULL UNIQUE, bytes BLOB NOT NULL)",
    "CREATE TABLE bits_record(n INTEGER PRIMARY KEY, k TEXT NOT NULL UNIQUE,"
        + " version INTEGER NOT NULL, bytes BLOB NOT NULL)",
    "PRAGMA application_id=" + APPLICATION,
    "PRAGMA user_version=" + LAYOUT
  };

  private final SqliteFile file;
  private final Duration deadline;

  SqliteSessions(SqliteFile file, Duration deadline) {
    this.file = file;
    this.deadline = deadline;
  }

  /// Opens the file for the first time in this storage: checks that it is ours, or makes it ours if
  /// it is new.
  Map<String, String> prepare(boolean create) {
    try (SqlSession session = connect(create)) {
      requireVersion(session);
      boolean isNew = isNew(session);
      if (isNew && !create) {
        throw JdbcErrors.notFound("tables", file.toString(), "create it", null);
      }
      configure(session);
      if (isNew) {
        retrying(() -> makeTables(session));
      }
      return settings(session);
    } catch (SQLException e) {
      throw SqliteCodes.wrap(file, e);
    }
  }

  /// Throws our errors only, so that who appends knows that nothing was sent yet.
  SqlSession writer() {
    return configured("PRAGMA query_only=0");
  }

  SqlSession reader() {
    return configured("PRAGMA query_only=1");
  }

  private SqlSession connect(boolean create) throws SQLException {
    var config = new SQLiteConfig();
    config.setGetGeneratedKeys(false); // else the driver asks for a row's id after each insert
    config.setBusyTimeout(0); // our own wait has jitter and the call's deadline
    if (!create) {
      config.resetOpenMode(SQLiteOpenMode.CREATE);
    }
    return new SqlSession(config.createConnection("jdbc:sqlite:" + file.path()));
  }

  private SqlSession configured(String last) {
    try {
      SqlSession session = connect(/* create= */ false);
      boolean done = false;
      try {
        configure(session);
        execute(session, last);
        done = true;
        return session;
      } finally {
        if (!done) {
          session.close();
        }
      }
    } catch (SQLException e) {
      throw SqliteCodes.wrap(file, e);
    }
  }

  /// Sets what durability rests on, and believes only what is read back.
  private void configure(SqlSession session) throws SQLException {
    text(session, "PRAGMA journal_mode=WAL");
    execute(session, "PRAGMA synchronous=FULL");
    execute(session, "PRAGMA mmap_size=0");
    execute(session, "PRAGMA trusted_schema=0");
    String journal = text(session, "PRAGMA journal_mode");
    String synchronous = text(session, "PRAGMA synchronous");
    if (!journal.equals("wal") || !synchronous.equals("2")) {
      throw JdbcErrors.unfit(
          file.toString(),
          "journal_mode=" + journal + ", synchronous=" + synchronous,
          "use a file system on which SQLite can share memory between processes");
    }
  }

  private boolean isNew(SqlSession session) throws SQLException {
    Header header = retrying(() -> session.first(HEADER, Header::of)).orElseThrow();
    if (header.application == APPLICATION) {
      if (header.layout > LAYOUT) {
        throw JdbcErrors.tooNew(file.toString(), header.layout, LAYOUT);
      }
      return false;
    }
    if (header.application != 0 || header.tables != 0) {
      throw JdbcErrors.unfit(
          file.toString(), "the file belongs to another application", "name another file");
    }
    return true;
  }

  private boolean makeTables(SqlSession session) throws SQLException {
    session.execute("BEGIN IMMEDIATE");
    boolean done = false;
    try {
      if (isNew(session)) {
        for (String sql : TABLES) {
          session.execute(sql);
        }
      }
      session.execute("COMMIT");
      done = true;
      return true;
    } finally {
      if (!done) {
        session.execute("ROLLBACK");
      }
    }
  }

  private void requireVersion(SqlSession session) throws SQLException {
    String version = text(session, "SELECT sqlite_version()");
    if (!isAtLeast(version, VERSION_MIN)) {
      throw JdbcErrors.unfit(
          file.toString(),
          "SQLite " + version + " can damage a file in WAL mode",
          "use SQLite " + VERSION_MIN + " or newer");
    }
  }

  static boolean isAtLeast(String version, String least) {
    int[] found = numbers(version);
    int[] wanted = numbers(least);
    return java.util.Arrays.compare(found, wanted) >= 0;
  }

  private static int[] numbers(String version) {
    return java.util.regex.Pattern.compile("[0-9]+")
        .matcher(version)
        .results()
        .mapToInt(number -> Integer.parseInt(number.group()))
        .toArray();
  }

  private Map<String, String> settings(SqlSession session) throws SQLException {
    var settings = new TreeMap<String, String>();
    settings.put("kind", "sqlite");
    settings.put("durable", "yes");
    settings.put("file", file.toString());
    settings.put("fileSystem", file.fileSystem());
    settings.put("version", text(session, "SELECT sqlite_version()"));
    settings.put("journalMode", text(session, "PRAGMA journal_mode"));
    settings.put("synchronous", "full");
    settings.put("pageSizeBytes", text(session, "PRAGMA page_size"));
    settings.put("hints", "in process, and polling for other processes");
    return java.util.Collections.unmodifiableMap(settings);
  }

  /// The first column of a statement's first row. Any statement may be the first to meet a lock:
  /// that of another opener, or of a last one that is closing.
  private String text(SqlSession session, String sql) throws SQLException {
    return retrying(() -> session.text(sql));
  }

  private void execute(SqlSession session, String sql) throws SQLException {
    retrying(
        () -> {
          session.execute(sql);
          return sql;
        });
  }

  /// Runs a statement until nobody else holds the lock, at most until the deadline.
  private <T> T retrying(Busy<T> call) throws SQLException {
    return retrying(Deadline.in(deadline), call);
  }

  static <T> T retrying(Deadline end, Busy<T> call) throws SQLException {
    for (int attempt = 0; ; attempt++) {
      try {
        return call.run();
      } catch (SQLException e) {
        if (!SqliteCodes.isBusy(e)) {
          throw e;
        }
      }
      end.pause(attempt, LOCK);
    }
  }

  /// What a file says of itself.
  private record Header(long application, long layout, long tables) {
    static Header of(ResultSet row) throws SQLException {
      return new Header(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }

  /// Something that finds the file locked now and then.
  @FunctionalInterface
  interface Busy<T> {
    T run() throws SQLException;
  }
}
