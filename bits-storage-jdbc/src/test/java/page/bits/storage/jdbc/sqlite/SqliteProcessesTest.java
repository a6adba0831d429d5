/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.testkit.Await;
import page.bits.testkit.storage.ChainWriter;

/// Two processes on one SQLite file.
class SqliteProcessesTest {
  private static final int EACH = 200;

  @TempDir private Path folder;
  private final DatabaseId database = new DatabaseId(UUID.randomUUID());
  private Path file;
  private Storage storage;
  private ChainWriter log;

  @BeforeEach
  void openStorage() {
    file = folder.resolve("bits.db");
    storage =
        new SqliteStorageProvider().open(BitsUri.parse("bits:sqlite:" + file), /* create= */ true);
    log = new ChainWriter(storage, database);
    log.append("birth");
  }

  @AfterEach
  void closeStorage() {
    storage.close();
  }

  private Process startWriter(String name, int count) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            SqliteWriterMain.class.getName(),
            file.toString(),
            database.toString(),
            name,
            Integer.toString(count))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void append_twoProcesses_everyAcknowledgedEntryIsThereOnceAndIsHeardOf() throws Exception {
    var looks = new AtomicInteger();
    try (var _ = storage.onHint((_, _) -> looks.incrementAndGet())) {
      Process other = startWriter("child", EACH);
      try (BufferedReader lines = other.inputReader()) {
        String first = lines.readLine();
        assertThat(first).isEqualTo("child entry 0");
        List<String> acknowledged = new ArrayList<>(List.of(first));
        IntStream.range(0, EACH)
            .mapToObj(i -> "parent entry " + i)
            .peek(log::appendAmongRivals)
            .forEach(acknowledged::add);
        lines.lines().forEach(acknowledged::add);
        assertThat(other.waitFor()).isZero();
        assertThat(acknowledged).hasSize(2 * EACH);
        assertThat(log.readAllChecked().stream().skip(1))
            .extracting(entry -> ChainWriter.text(entry.bytes()))
            .containsExactlyInAnyOrderElementsOf(acknowledged);
      } finally {
        other.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void hint_otherProcessAppends_isHeardWithoutBeingTold() throws Exception {
    var looks = new AtomicInteger();
    try (var _ = storage.onHint((_, _) -> looks.incrementAndGet())) {
      Await.until("the first look", () -> looks.get() > 0);
      int before = looks.get();
      Process other = startWriter("child", 1);
      assertThat(other.waitFor()).isZero();
      Await.until("a hint from the other process", () -> looks.get() > before);
      assertThat(storage.head(database)).isEqualTo(1);
    }
  }

  @Test
  void append_otherProcessKilled_whatItAcknowledgedIsThereAndTheLogGoesOn() throws Exception {
    Process other = startWriter("child", Integer.MAX_VALUE);
    var acknowledged = new ArrayList<String>();
    try (BufferedReader lines = other.inputReader()) {
      for (int i = 0; i < EACH; i++) {
        acknowledged.add(lines.readLine());
      }
      other.toHandle().destroyForcibly(); // unlike the process's own, it leaves the stream open
      lines.lines().forEach(acknowledged::add);
      other.waitFor();
    }
    log.append("after");
    List<String> texts =
        log.readAllChecked().stream().map(entry -> ChainWriter.text(entry.bytes())).toList();
    assertThat(texts).containsAll(acknowledged).endsWith("after");
    // At most the entry under way may be there without having been acknowledged.
    assertThat(texts.size() - 2 - acknowledged.size()).isBetween(0, 1);
  }
}
