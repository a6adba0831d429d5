/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.datomic;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import page.bits.testkit.differential.Answers;
import page.bits.testkit.differential.Contender;
import page.bits.testkit.differential.Judge;
import page.bits.testkit.differential.KnownDifferences;
import page.bits.testkit.differential.Play;
import page.bits.testkit.differential.Probe;

/// Every probe on both databases: what differs and is not a known difference is printed.
final class ProbeRun {
  private final Contender bits;
  private final Contender datomic;
  private final PrintStream out;

  ProbeRun(Contender bits, Contender datomic, PrintStream out) {
    this.bits = bits;
    this.datomic = datomic;
    this.out = out;
  }

  /// Writes Datomic's answers, one probe a line.
  void record(Path file) {
    List<String> lines =
        Probe.all().stream()
            .map(probe -> Answers.line(probe, Play.of(probe.program(), datomic)))
            .toList();
    try {
      Files.write(file, lines);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    out.println("recorded " + lines.size() + " probes");
  }

  /// Whether there was no new difference among the probes whose title holds `text`; with a text,
  /// known differences are printed too.
  boolean run(String text) {
    Set<String> known = KnownDifferences.recorded().steps();
    var judge = new Judge(bits, datomic);
    Set<String> gone = new TreeSet<>(known);
    int probes = 0;
    int same = 0;
    int fresh = 0;
    for (Probe probe : Probe.all()) {
      if (!probe.title().contains(text)) {
        continue;
      }
      probes++;
      for (Judge.Difference difference : judge.differences(probe.program())) {
        String title = probe.title() + " / " + difference.index();
        gone.remove(title);
        boolean isKnown = known.contains(title) || difference.isLater();
        same += isKnown ? 1 : 0;
        fresh += isKnown ? 0 : 1;
        if (!isKnown || !text.isEmpty()) {
          out.println(title + " " + difference);
        }
      }
    }
    if (text.isEmpty() && !gone.isEmpty()) {
      out.println("known differences that are gone: " + gone);
    }
    out.printf(
        "torture datomic: %d probes of %d steps: %d known differences, %d new%n",
        probes, judge.tally().steps(), same, fresh);
    out.println("torture datomic: probes: " + judge.tally().line());
    return fresh == 0;
  }
}
