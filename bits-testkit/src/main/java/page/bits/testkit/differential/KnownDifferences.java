/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import page.bits.edn.Edn;

/// The differences from Datomic that are meant, each with its reason and the steps of probes that
/// show it; `docs/datomic-differences.md` is written from them.
public final class KnownDifferences {
  /// What is so here, what is so in Datomic, and why; `steps` are `probe title / index`, none where
  /// no probe can ask.
  public record Known(String theme, String here, String datomic, String why, Set<String> steps) {
    public Known {
      steps = Set.copyOf(steps);
    }
  }

  private final List<Known> all;

  private KnownDifferences(List<Known> all) {
    this.all = all;
  }

  /// Those in the resource beside the probes.
  public static KnownDifferences recorded() {
    return new KnownDifferences(
        Edn.readAll(Probe.text("differences.edn")).stream()
            .map(form -> known((Map<?, ?>) Objects.requireNonNull(form)))
            .toList());
  }

  private static Known known(Map<?, ?> form) {
    Map<?, ?> steps = (Map<?, ?>) Objects.requireNonNull(Program.get(form, "steps"));
    return new Known(
        String.valueOf(Program.get(form, "theme")),
        String.valueOf(Program.get(form, "here")),
        String.valueOf(Program.get(form, "datomic")),
        String.valueOf(Program.get(form, "why")),
        steps.entrySet().stream()
            .flatMap(
                entry ->
                    ((List<?>) Objects.requireNonNull(entry.getValue()))
                        .stream().map(index -> entry.getKey() + " / " + index))
            .collect(Collectors.toSet()));
  }

  public List<Known> all() {
    return all;
  }

  /// Every step that is known to differ.
  public Set<String> steps() {
    return all.stream().flatMap(known -> known.steps().stream()).collect(Collectors.toSet());
  }

  /// The body of `docs/datomic-differences.md`: a table for each theme, in their order.
  public String tables() {
    Map<String, List<Known>> byTheme =
        all.stream()
            .collect(Collectors.groupingBy(Known::theme, LinkedHashMap::new, Collectors.toList()));
    return byTheme.entrySet().stream()
        .map(theme -> "## " + theme.getKey() + "\n\n" + table(theme.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String table(List<Known> differences) {
    return Stream.concat(
            Stream.of("| here | in Datomic | why |", "|---|---|---|"),
            differences.stream()
                .map(
                    known ->
                        "| " + known.here() + " | " + known.datomic() + " | " + known.why() + " |"))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
