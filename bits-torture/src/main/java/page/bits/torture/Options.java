/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.time.Duration;
import java.util.List;

/// The command line: `--db sqlite|postgresql --minutes N`, and what may stand beside them.
///
/// A run ends when `minutes` are over, or earlier when it has had `operations` and `kills`, if they
/// are given. `folder` takes everything that is written; what a violation leaves stays there.
record Options(
    String db,
    Duration duration,
    long seed,
    long operations,
    long kills,
    int workers,
    Duration trial,
    boolean hasSmallDisk,
    WorkerJvm jvm) {
  static final String USAGE =
      """
      Usage: ./bits torture commits --db sqlite|postgresql [--minutes N] [--seed N]
             [--operations N] [--kills N] [--workers N] [--trial-seconds N] [--small-disk yes|no]
             [--clients N] [--thinking-millis N]""";

  static Options parse(List<String> words) {
    String db = "";
    int minutes = 5;
    long seed = System.nanoTime();
    long operations = Long.MAX_VALUE;
    long kills = Long.MAX_VALUE;
    int workers = 3;
    int seconds = 60;
    boolean hasSmallDisk = true;
    int clients = WorkerJvm.PLAIN.clients();
    Duration thinking = WorkerJvm.PLAIN.thinking();
    for (int i = 0; i < words.size(); i += 2) {
      if (i + 1 == words.size()) {
        throw new IllegalArgumentException(words.get(i) + " has no value");
      }
      String value = words.get(i + 1);
      switch (words.get(i)) {
        case "--db" -> db = value;
        case "--minutes" -> minutes = Integer.parseInt(value);
        case "--seed" -> seed = Long.parseLong(value);
        case "--operations" -> operations = Long.parseLong(value);
        case "--kills" -> kills = Long.parseLong(value);
        case "--workers" -> workers = Integer.parseInt(value);
        case "--trial-seconds" -> seconds = Integer.parseInt(value);
        case "--small-disk" -> hasSmallDisk = value.equals("yes");
        case "--clients" -> clients = Integer.parseInt(value);
        case "--thinking-millis" -> thinking = Duration.ofMillis(Long.parseLong(value));
        default -> throw new IllegalArgumentException("unknown option " + words.get(i));
      }
    }
    if (!db.equals("sqlite") && !db.equals("postgresql")) {
      throw new IllegalArgumentException("--db is sqlite or postgresql, and '" + db + "' is not");
    }
    return new Options(
        db,
        Duration.ofMinutes(minutes),
        seed,
        operations,
        kills,
        workers,
        Duration.ofSeconds(seconds),
        hasSmallDisk,
        new WorkerJvm(List.of(), clients, thinking));
  }
}
