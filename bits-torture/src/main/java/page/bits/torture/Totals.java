/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import page.bits.testkit.history.Invariant;
import page.bits.testkit.history.Verdict;

/// What all trials of a run came to. Thread-safe.
final class Totals {
  private final Map<String, Map<String, Long>> operations = new TreeMap<>();
  private final Map<String, Long> faults = new TreeMap<>();
  private final Map<String, Long> states = new TreeMap<>();
  private final Map<Invariant, Long> checked = new EnumMap<>(Invariant.class);
  private final List<String> violations = new ArrayList<>();
  private long kills;
  private long checkMillis;

  void fault(String name) {
    faults(name, 1);
  }

  synchronized void faults(String name, long count) {
    faults.merge(name, count, Long::sum);
  }

  synchronized void kill(String how) {
    kills++;
    faults.merge(how, 1L, Long::sum);
  }

  synchronized void violation(String what) {
    violations.add(what);
  }

  synchronized void add(Verdict verdict, long millis) {
    checkMillis += millis;
    verdict
        .operations()
        .forEach(
            (kind, counts) ->
                counts.forEach(
                    (answer, count) ->
                        operations
                            .computeIfAbsent(kind, _ -> new TreeMap<>())
                            .merge(answer, count, Long::sum)));
    verdict.states().forEach((name, count) -> states.merge(name, count, Long::sum));
    verdict.checked().forEach((invariant, count) -> checked.merge(invariant, count, Long::sum));
    verdict.violations().forEach(violation -> violations.add(violation.toString()));
  }

  synchronized long operations() {
    return operations.values().stream()
        .flatMap(counts -> counts.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /// Operations whose outcome nobody was told.
  private long open() {
    return operations.values().stream()
        .mapToLong(
            counts -> counts.getOrDefault("unknown", 0L) + counts.getOrDefault("unanswered", 0L))
        .sum();
  }

  synchronized long kills() {
    return kills;
  }

  synchronized boolean isClean() {
    return violations.isEmpty();
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  synchronized Map<String, Long> faults() {
    return Map.copyOf(faults);
  }

  synchronized Map<Invariant, Long> checked() {
    return Map.copyOf(checked);
  }

  synchronized void print(PrintStream out) {
    out.println("operations");
    operations.forEach((kind, counts) -> out.printf("  %-12s %s%n", kind, counts));
    out.printf("  answered     %.1f %%%n", 100.0 * (operations() - open()) / operations());
    out.println("faults");
    faults.forEach((name, count) -> out.printf("  %-32s %d%n", name, count));
    out.println("seen on the way");
    states.forEach((name, count) -> out.printf("  %-32s %d%n", name, count));
    out.println("invariants: times checked");
    checked.forEach(
        (invariant, count) ->
            out.printf("  %-4s %12d  %s%n", invariant, count, invariant.sentence()));
    out.printf("checked in %.1f s%n", checkMillis / 1e3);
    violations.stream().limit(10).forEach(violation -> out.println("VIOLATION " + violation));
    out.printf(
        "verdict: %,d operations, %,d faults, %,d kills, %d invariants checked %,d times, %s%n",
        operations(),
        faults.values().stream().mapToLong(Long::longValue).sum(),
        kills(),
        checked.size(),
        checked.values().stream().mapToLong(Long::longValue).sum(),
        isClean() ? "no violation" : "VIOLATED");
  }
}
