/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.DbError;
import page.bits.db.TxReports;
import page.bits.e2e.BitsProcess;
import page.bits.e2e.Http;
import page.bits.error.BitsException;

/// The log goes back to an older copy of itself, or becomes another, under a node that serves: the
/// node ends, says why, and appends nothing. Started again it serves what is there.
class RestoredLogTest {
  private static final String FORKED = ":bits.error/log-forked";

  @TempDir private Path folder;

  /// A storage, and the statement that takes the newest entries off its log.
  private record Place(String uri, String jdbc, String truncate, String count) {
    static Place sqlite() {
      String uri = Storages.sqlite();
      return new Place(
          uri,
          uri.replace("bits:", "jdbc:"),
          "DELETE FROM bits_log WHERE k IN (SELECT k FROM bits_log ORDER BY k DESC LIMIT 2)",
          "SELECT count(*) FROM bits_log");
    }

    static Place postgresql() {
      String uri = Storages.postgresql();
      return new Place(
          uri,
          uri.replace("bits:", "jdbc:").replace("&create=true", ""),
          "DELETE FROM bits_log WHERE p IN (SELECT p FROM bits_log ORDER BY p DESC LIMIT 2)",
          "SELECT count(*) FROM bits_log");
    }

    void rollBack() {
      try (var connection = DriverManager.getConnection(jdbc);
          var statement = connection.createStatement()) {
        assertThat(statement.executeUpdate(truncate)).isEqualTo(2);
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }

    long entries() {
      try (var connection = DriverManager.getConnection(jdbc);
          var statement = connection.createStatement();
          var row = statement.executeQuery(count)) {
        row.next();
        return row.getLong(1);
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void serve_logRolledBackOnSqlite_endsAndSaysWhy() {
    assertEndsWhenRolledBack(Place.sqlite());
  }

  @Test
  void serve_logRolledBackOnPostgresql_endsAndSaysWhy() {
    assertEndsWhenRolledBack(Place.postgresql());
  }

  private void assertEndsWhenRolledBack(Place place) {
    try (BitsProcess node = serve(place)) {
      Http.awaitOk(node.address() + "/-/health");
      place.rollBack();
      long entries = place.entries();
      assertStopped(node.result());
      assertThat(place.entries()).isEqualTo(entries);
    }
    try (BitsProcess again = serve(place)) {
      Http.awaitOk(again.address() + "/-/health");
      assertThat(again.stop().exit()).isZero();
    }
  }

  @Test
  void serve_logBecomesAnotherOnSqliteWhileItSleeps_endsAndSaysWhy() throws Exception {
    assertEndsWhenAnother(Place.sqlite());
  }

  @Test
  void serve_logBecomesAnotherOnPostgresqlWhileItSleeps_endsAndSaysWhy() throws Exception {
    assertEndsWhenAnother(Place.postgresql());
  }

  /// The node sleeps while the log is rolled back and others write on: what it knows is as long as
  /// what is there, and differs.
  private void assertEndsWhenAnother(Place place) throws Exception {
    try (BitsProcess node = serve(place)) {
      Http.awaitOk(node.address() + "/-/health");
      long entries = place.entries();
      node.signal("STOP");
      place.rollBack();
      while (place.entries() <= entries) {
        transact(place);
      }
      long others = place.entries();
      node.signal("CONT");
      assertStopped(node.result());
      assertThat(place.entries()).isEqualTo(others);
    }
    transact(place); // the chain is whole
  }

  @Test
  void take_logRolledBackOnSqlite_saysWhyAndTheValueStays() {
    assertReaderIsTold(Place.sqlite());
  }

  @Test
  void take_logRolledBackOnPostgresql_saysWhyAndTheValueStays() {
    assertReaderIsTold(Place.postgresql());
  }

  private static void assertReaderIsTold(Place place) {
    try (Connection connection = Bits.connect(place.uri());
        TxReports reports = connection.txReports()) {
      for (int i = 0; i < 3; i++) {
        var _ = connection.transact("[[:db/add \"one\" :db/doc \"history\"]]");
        var _ = reports.take();
      }
      long t = connection.db().basisT();
      place.rollBack();
      long before = System.nanoTime();
      assertThatThrownBy(reports::take)
          .isInstanceOfSatisfying(
              BitsException.class, told -> assertThat(told.is(DbError.LOG_FORKED)).isTrue());
      Duration taken = Duration.ofNanos(System.nanoTime() - before);
      System.err.println("log rolled back: its reader was told after " + taken.toMillis() + " ms");
      assertThat(connection.db().basisT()).isEqualTo(t);
    }
  }

  private void transact(Place place) {
    BitsProcess.run(
            folder, "transact", "--db", place.uri(), "[[:db/add \"other\" :db/doc \"history\"]]")
        .done();
  }

  private BitsProcess serve(Place place) {
    return BitsProcess.start(folder, "serve", "--db", place.uri(), "--port", "0", "--demo");
  }

  private static void assertStopped(BitsProcess.Result result) {
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.err()).contains(FORKED).contains("restart this process");
    List<String> said = result.err().lines().filter(line -> line.contains("WARNING")).toList();
    assertThat(said).as("said once").isEmpty();
  }
}
