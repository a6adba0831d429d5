/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.Index;
import page.bits.db.IndexPull;
import page.bits.db.Pulled;
import page.bits.db.internal.given.EntityRefs;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.pull.PullEngine;
import page.bits.db.internal.schema.Attribute;

/// Pulls along an attribute of an index, as far as it is walked.
final class IndexWalk {
  private IndexWalk() {}

  static Iterable<Pulled> of(DatomSource source, IndexPull request) {
    Attribute attribute = attribute(source, request);
    DatomRange range =
        IndexComponents.parse(source, request.index(), request.start().toArray())
            .requireSomebody()
            .withinAttribute(request.isReverse());
    boolean pullsValues = request.index() == Index.AEVT;
    check(attribute, request);
    return () ->
        datoms(source, request, range)
            .map(datom -> pullsValues ? datom.v() : (Object) datom.e())
            .map(entity -> PullEngine.pull(source, request.pattern(), entity))
            .iterator();
  }

  private static Stream<Datom> datoms(DatomSource source, IndexPull request, DatomRange range) {
    Iterable<Datom> walk =
        () -> request.isReverse() ? source.readReverse(range) : source.read(range);
    return StreamSupport.stream(walk.spliterator(), /* parallel= */ false)
        .skip(request.offset())
        .limit(request.limit());
  }

  private static Attribute attribute(DatomSource source, IndexPull request) {
    if (request.index() != Index.AVET && request.index() != Index.AEVT) {
      throw ValueErrors.noWalk("AVET or AEVT", request.index());
    }
    if (request.start().isEmpty()) {
      throw ValueErrors.noWalk("an attribute to start in", request.start());
    }
    return EntityRefs.attribute(source.schema(), request.start().getFirst(), "indexPull");
  }

  private static void check(Attribute attribute, IndexPull request) {
    if (request.index() == Index.AEVT && !(attribute.isRef() && attribute.isMany())) {
      throw ValueErrors.noWalk("a reference of cardinality many, for AEVT", attribute.ident());
    }
    if (request.index() == Index.AVET && attribute.isMany() && request.start().size() == 1) {
      throw ValueErrors.noWalk(
          "an attribute of cardinality one, or a value to start at", attribute.ident());
    }
  }
}
