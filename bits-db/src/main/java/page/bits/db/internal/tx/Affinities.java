/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Partition;
import page.bits.edn.Keyword;

/// Into which partitions a transaction puts its new entities. Confined to one evaluation.
///
/// What is forced wins; else an entity goes where one goes that it is to match; else, nested in a
/// map, where the map's entity goes; else to the users' partition. Entities that exist stay where
/// they are, also under a tempid. Whatever the order of the forms, the answer is the same.
final class Affinities {
  static final Keyword FORCE = Keyword.of(":db/force-partition");
  static final Keyword MATCH = Keyword.of(":db/match-partition");

  private record Forced(Tempid tempid, long partition, int form) {}

  private record Matched(Tempid tempid, EntityRef target, int form) {}

  private final Names names;
  private final List<Forced> forced = new ArrayList<>();
  private final List<Matched> matched = new ArrayList<>();
  private final List<Matched> nested = new ArrayList<>();
  private Map<Tempid, List<Forced>> forcedByRoot = Map.of();
  private Map<Tempid, List<Matched>> matchedByRoot = Map.of();
  private Map<Tempid, List<Matched>> nestedByRoot = Map.of();

  Affinities(Names names) {
    this.names = names;
  }

  /// Reads one directive: a map from tempids to partitions, or to the entities to match.
  void directive(Keyword directive, @Nullable Object raw, int form) {
    if (!(raw instanceof Map<?, ?> map)) {
      throw Refusals.notADirective(form, directive, raw);
    }
    map.forEach(
        (key, value) -> {
          if (!(names.entity(key, form) instanceof Tempid tempid)) {
            throw Refusals.notADirective(form, directive, key);
          }
          if (directive.equals(FORCE)) {
            force(tempid, names.partition(value, form), form);
          } else {
            matched.add(new Matched(tempid, names.entity(value, form), form));
          }
        });
  }

  void force(Tempid tempid, long partition, int form) {
    forced.add(new Forced(tempid, partition, form));
  }

  /// A map's entity and one nested in it.
  void nest(EntityRef outer, EntityRef inner, int form) {
    if (inner instanceof Tempid tempid) {
      nested.add(new Matched(tempid, outer, form));
    }
  }

  /// Whether nothing was said of any entity, as in most transactions.
  private boolean isSilent() {
    return forced.isEmpty() && matched.isEmpty() && nested.isEmpty();
  }

  /// To be called when it is known which tempids are one entity.
  void settle() {
    if (isSilent()) {
      return;
    }
    forcedByRoot = forced.stream().collect(groupingBy(each -> each.tempid().root()));
    matchedByRoot = matched.stream().collect(groupingBy(each -> each.tempid().root()));
    nestedByRoot = nested.stream().collect(groupingBy(each -> each.tempid().root()));
  }

  /// Every tempid of a directive names an entity of the transaction.
  void check() {
    forced.forEach(each -> check(each.tempid(), each.form()));
    for (Matched each : matched) {
      check(each.tempid(), each.form());
      if (each.target() instanceof Tempid target) {
        check(target, each.form());
      }
    }
  }

  private static void check(Tempid tempid, int form) {
    if (!tempid.isResolved()) {
      throw Refusals.tempidNotAnEntity(form, tempid.name().orElse(null));
    }
  }

  /// The partition of a new entity.
  long of(Tempid tempid) {
    if (isSilent()) {
      return Partition.USER;
    }
    Long found = chosen(tempid, new HashSet<>());
    if (found == null) {
      found = nesting(tempid, new HashSet<>());
    }
    return found == null ? Partition.USER : found;
  }

  /// What directives say of an entity; `seen` are those whose partition is being looked for.
  private @Nullable Long chosen(Tempid tempid, Set<Tempid> seen) {
    Tempid root = tempid.root();
    Long found = null;
    for (Forced each : forcedByRoot.getOrDefault(root, List.of())) {
      found = same(found, each.partition(), tempid, each.form());
    }
    List<Matched> matches = matchedByRoot.getOrDefault(root, List.of());
    if (found != null || matches.isEmpty()) {
      return found;
    }
    if (!seen.add(root)) {
      throw Refusals.cycleInAffinity(matches.getFirst().form(), tempid.name().orElse(null));
    }
    for (Matched each : matches) {
      found = same(found, of(each.target(), seen), tempid, each.form());
    }
    seen.remove(root);
    return found;
  }

  private static long same(@Nullable Long one, long other, Tempid tempid, int form) {
    if (one != null && one != other) {
      throw Refusals.twoPartitions(form, tempid.name().orElse(null));
    }
    return other;
  }

  private long of(EntityRef target, Set<Tempid> seen) {
    if (!(target instanceof Tempid tempid) || tempid.isResolved()) {
      return ofKnown(target.id());
    }
    Long found = chosen(tempid, seen);
    if (found == null) {
      found = nesting(tempid, new HashSet<>());
    }
    return found == null ? Partition.USER : found;
  }

  /// The lowest of the partitions of the maps around it; a circle of maps says nothing.
  private @Nullable Long nesting(Tempid tempid, Set<Tempid> seen) {
    if (!seen.add(tempid.root())) {
      return null;
    }
    Long lowest = null;
    for (Matched each : nestedByRoot.getOrDefault(tempid.root(), List.of())) {
      Long outer = outer(each.target(), seen);
      if (outer != null && (lowest == null || outer < lowest)) {
        lowest = outer;
      }
    }
    return lowest;
  }

  private @Nullable Long outer(EntityRef target, Set<Tempid> seen) {
    if (!(target instanceof Tempid tempid) || tempid.isResolved()) {
      return ofKnown(target.id());
    }
    Long found = chosen(tempid, new HashSet<>());
    return found == null ? nesting(tempid, seen) : found;
  }

  private static long ofKnown(long e) {
    long partition = Partition.of(e);
    return partition == Partition.DB || partition == Partition.TX ? Partition.USER : partition;
  }
}
