/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.datomic;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import page.bits.testkit.differential.BitsContender;
import page.bits.testkit.differential.Judge;

/// The program behind `./bits torture datomic`.
final class Main {
  private static final String USAGE =
      "Usage: ./bits torture datomic [--seed N] [--count N] [--minutes N] [--probes TEXT] [--record FILE]";

  /// What the command line asks for: `count` programs from `seed` on, or as many as `minutes`
  /// allow; or, with `probes`, only those probes whose title holds that text; `record` is where
  /// Datomic's answers are written.
  private static final class Options {
    private long seed = 1;
    private int count = 1_000;
    private long minutes = 60;
    private String probes = "";
    private String record = "";
  }

  private Main() {}

  /// Ends with 0 when there is no new difference. The library keeps threads, so this halts.
  public static void main(String[] arguments) {
    var out =
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    int code = 2;
    try {
      code = run(options(new ArrayDeque<>(List.of(arguments))), out) ? 0 : 1;
    } catch (IllegalArgumentException wrong) {
      out.println(wrong.getMessage());
      out.println(USAGE);
    } catch (RuntimeException broken) {
      out.println("torture datomic: broken off: " + broken + " " + List.of(broken.getStackTrace()));
    } finally {
      out.flush();
      Runtime.getRuntime().halt(code);
    }
  }

  private static Options options(Deque<String> arguments) {
    var options = new Options();
    while (!arguments.isEmpty()) {
      String name = arguments.pop();
      switch (name) {
        case "--seed" -> options.seed = Long.parseLong(arguments.pop());
        case "--count" -> options.count = Integer.parseInt(arguments.pop());
        case "--minutes" -> options.minutes = Long.parseLong(arguments.pop());
        case "--probes" -> options.probes = arguments.pop();
        case "--record" -> options.record = arguments.pop();
        default -> throw new IllegalArgumentException("Unknown option: " + name);
      }
    }
    return options;
  }

  private static boolean run(Options options, PrintStream out) {
    try (var bits = new BitsContender("judged");
        var datomic = new DatomicContender()) {
      var probes = new ProbeRun(bits, datomic, out);
      if (!options.record.isEmpty()) {
        probes.record(Path.of(options.record));
        return true;
      }
      boolean isSame = probes.run(options.probes);
      if (!options.probes.isEmpty()) {
        return isSame;
      }
      var random = new RandomRun(new Judge(bits, datomic), out);
      return random.run(options.seed, options.count, options.minutes) && isSame;
    }
  }
}
