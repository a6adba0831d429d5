/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Edn;
import page.bits.testkit.differential.Contender.Refusal;

/// Which refusals of the two databases have the same reason; the table is `probes/reasons.edn`.
public final class Reasons {
  /// One line of the table: a code or class of Datomic, what its message says if that matters, the
  /// codes of Bits that go with it, and, where the reason is not the same, why that is right.
  public record Reason(String datomic, String says, Set<String> bits, Optional<String> known) {
    public Reason {
      bits = Set.copyOf(bits);
    }

    private boolean isOf(String ours, Refusal theirs) {
      return datomic.equals(theirs.code()) && bits.contains(ours) && theirs.text().contains(says);
    }
  }

  private final List<Reason> table;

  private Reasons(List<Reason> table) {
    this.table = table;
  }

  /// Those in the resource beside the probes.
  public static Reasons recorded() {
    return new Reasons(
        Edn.readAll(Probe.text("reasons.edn")).stream()
            .map(form -> reason((Map<?, ?>) Objects.requireNonNull(form)))
            .toList());
  }

  private static Reason reason(Map<?, ?> form) {
    List<?> bits = (List<?>) Objects.requireNonNull(Program.get(form, "bits"));
    return new Reason(
        (String) Objects.requireNonNull(Program.get(form, "datomic")),
        Objects.requireNonNullElse((String) Program.get(form, "says"), ""),
        bits.stream().map(String::valueOf).collect(Collectors.toSet()),
        Optional.ofNullable((@Nullable String) Program.get(form, "known")));
  }

  public List<Reason> all() {
    return table;
  }

  /// How two refusals of one step agree.
  Verdict verdict(Refusal ours, Refusal theirs) {
    if (ours.code().equals(theirs.code())) {
      return new Verdict.SameReason();
    }
    for (Reason reason : table) {
      if (reason.isOf(ours.code(), theirs)) {
        return reason
            .known()
            .<Verdict>map(why -> new Verdict.KnownReason(ours.code(), theirs.code(), why))
            .orElse(new Verdict.SameReason());
      }
    }
    return new Verdict.OtherReason(ours.code(), theirs.code());
  }
}
