/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import page.bits.testkit.history.LogSource;

/// A SQLite file in a folder: either on its disk, or on a small file system of its own in memory,
/// which can be filled.
final class SqliteTarget implements Target {
  private static final int SMALL_MIB = 256;
  private static final int FULL_MILLIS = 3_000;

  private final Path folder;
  private final boolean isSmall;

  private SqliteTarget(Path folder, boolean isSmall) {
    this.folder = folder;
    this.isSmall = isSmall;
  }

  static SqliteTarget onDisk(Path folder) {
    return new SqliteTarget(folder, false);
  }

  /// Mounts a small file system; an error when this account may not.
  static SqliteTarget onSmallDisk(Path folder) throws InterruptedException {
    int code =
        Commands.run("mount", "-t", "tmpfs", "-o", "size=" + SMALL_MIB + "m", "none", folder + "");
    if (code != 0) {
      throw new IllegalStateException(
          "a small disk cannot be mounted here (it needs root); leave it out with --small-disk no");
    }
    return new SqliteTarget(folder, true);
  }

  private Path file() {
    return folder.resolve("torture.db");
  }

  @Override
  public String workerUri(String database) {
    return "bits:sqlite:" + file() + "?create=true&db=" + database;
  }

  @Override
  public String directUri(String database) {
    return workerUri(database);
  }

  @Override
  public LogSource log(String database) {
    return new JdbcLog("jdbc:sqlite:" + file(), database);
  }

  @Override
  public List<Fault> faults() {
    return isSmall
        ? List.of(new Fault("disk full", this::fill, this::makeRoom, FULL_MILLIS))
        : List.of();
  }

  /// Takes all the room that is left but some pages.
  private void fill(Random random) {
    try (var ballast = new RandomAccessFile(folder.resolve("ballast").toFile(), "rw")) {
      var block = new byte[1 << 16];
      while (true) {
        ballast.write(block);
      }
    } catch (IOException _) {
      // the disk is full
    }
  }

  private void makeRoom(Random random) {
    try {
      Files.deleteIfExists(folder.resolve("ballast"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isInProcess() {
    return true;
  }

  @Override
  public void close() {
    if (isSmall) {
      try {
        Commands.run("umount", folder.toString());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
