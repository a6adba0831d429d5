/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.db.spi.BitsUri;
import page.bits.testkit.Await;
import page.bits.testkit.storage.ChainWriter;

/// Who writes next to a SQLite file.
class SqliteDoorTest {
  private static final int ROUNDS = 20;

  @TempDir private Path folder;

  private SqliteStorage open() {
    return (SqliteStorage)
        new SqliteStorageProvider()
            .open(BitsUri.parse("bits:sqlite:" + folder.resolve("bits.db")), /* create= */ true);
  }

  private static boolean isFirst(SqliteStorage storage, int round) {
    return storage.compareAndSet("round/" + round, 0, ChainWriter.bytes("here"));
  }

  /// Both look again and again; the later one not before the earlier one is in.
  @Test
  void write_fileIsLocked_goesInTheOrderOfTheirComing() throws Exception {
    try (SqliteStorage early = open();
        SqliteStorage late = open();
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bits.db"));
        Statement statement = other.createStatement()) {
      for (int round = 0; round < ROUNDS; round++) {
        int number = round;
        statement.execute("BEGIN IMMEDIATE");
        var first = CompletableFuture.supplyAsync(() -> isFirst(early, number));
        Await.until("somebody at the door", () -> !early.door().isFree());
        var second = CompletableFuture.supplyAsync(() -> isFirst(late, number));
        statement.execute("COMMIT");
        assertThat(first.get()).as("the one that came first is in").isTrue();
        assertThat(second.get()).as("so is the other, before it").isFalse();
        assertThat(early.door().isFree()).isTrue();
      }
    }
  }

  /// Whoever stands at the door and does not go in was stopped.
  @Test
  void write_somebodyStandsAtTheDoorForever_goesInAfterAWhile() throws Exception {
    Path elsewhere = folder.resolve("other-process");
    try (SqliteStorage storage = open()) {
      assertThat(isFirst(storage, 0)).isTrue();
      Process standing =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Standing.class.getName(),
                  folder.resolve("bits.db-door").toString(),
                  elsewhere.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try {
        Await.until("the other process stands there", () -> Files.exists(elsewhere));
        assertThat(storage.door().isFree()).isFalse();
        assertThat(isFirst(storage, 1)).isTrue();
        assertThat(isFirst(storage, 2)).isTrue();
      } finally {
        standing.destroyForcibly().waitFor();
      }
      assertThat(storage.door().isFree()).isTrue();
    }
  }

  /// A process that stands at a door. Arguments: the door, and a file to make when it is there.
  static final class Standing {
    private Standing() {}

    public static void main(String[] arguments) throws Exception {
      try (FileChannel door = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
          FileLock lock = door.lock()) {
        Files.createFile(Path.of(arguments[1]));
        Thread.sleep(Long.MAX_VALUE);
        throw new IllegalStateException(lock.toString());
      }
    }
  }

  @Test
  void write_noDoorCanBeMade_goesOnWithout() throws Exception {
    Files.createDirectory(folder.resolve("bits.db-door"));
    try (SqliteStorage storage = open()) {
      assertThat(isFirst(storage, 0)).isTrue();
      assertThat(isFirst(storage, 0)).isFalse();
    }
  }
}
