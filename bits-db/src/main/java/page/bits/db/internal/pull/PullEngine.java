/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.pull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.Pulled;
import page.bits.db.internal.given.EntityRefs;
import page.bits.db.internal.given.ParseCache;
import page.bits.db.internal.index.DatomSource;

/// The door to pull. Stateless to its users and thread-safe; patterns are cached by equality.
///
/// An entity is an id, an ident or a lookup ref. A lookup ref that nobody holds gives `{:db/id
/// nil}` if the pattern asks for ids; an entity without what is asked for an empty map.
public final class PullEngine {
  private static final ParseCache<PullPattern> PARSED = new ParseCache<>(PatternParser::parse);

  private PullEngine() {}

  /// What the pattern (EDN text or forms) names of the entity.
  public static Pulled pull(DatomSource source, Object pattern, Object entity) {
    return pull(source, PARSED.parse(pattern), entity);
  }

  private static Pulled pull(DatomSource source, PullPattern pattern, Object entity) {
    EntityRefs.requireEntities(source, "pull");
    Long e = EntityRefs.resolve(source, entity, "pull");
    return e == null
        ? Puller.nobody(pattern)
        : new Puller(source, /* showsEnds= */ true).pull(pattern, e);
  }

  /// One pull for each entity, in their order.
  public static List<Pulled> pullMany(DatomSource source, Object pattern, Iterable<?> entities) {
    PullPattern parsed = PARSED.parse(pattern);
    var pulled = new ArrayList<Pulled>();
    for (@Nullable Object entity : entities) {
      pulled.add(pull(source, parsed, java.util.Objects.requireNonNull(entity, "entity")));
    }
    return Collections.unmodifiableList(pulled);
  }

  /// The record whose components name their attributes by [page.bits.db.Attr]; empty when the
  /// entity has none of them.
  public static <R extends Record> Optional<R> pull(
      DatomSource source, Class<R> shape, Object entity) {
    PullPattern pattern = PARSED.parse(RecordPattern.of(shape, source.schema()));
    EntityRefs.requireEntities(source, "pull");
    Long e = EntityRefs.resolve(source, entity, "pull");
    return e == null
        ? Optional.empty()
        : RecordPattern.read(shape, new Puller(source, /* showsEnds= */ false).pull(pattern, e));
  }
}
