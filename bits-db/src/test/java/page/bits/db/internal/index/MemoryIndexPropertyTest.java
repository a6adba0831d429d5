/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.Index;
import page.bits.db.Partition;
import page.bits.db.internal.Seed;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Birth;
import page.bits.db.internal.schema.Ids;
import page.bits.db.spi.DatabaseId;
import page.bits.edn.Keyword;

/// The memory index, cut at every t, against a list of the datoms that held then; an attribute
/// enters AVET on the way.
class MemoryIndexPropertyTest {
  private static final long PLAIN = 200;
  private static final long REFERENCE = 201;
  private static final long INDEXED = 202;
  private static final long INDEXED_LATER = 203;
  private static final List<Long> ATTRIBUTES = List.of(PLAIN, REFERENCE, INDEXED, INDEXED_LATER);

  private final Random random = Seed.random("MemoryIndexPropertyTest");
  private final List<ListSource> moments = new ArrayList<>();
  private long t = 1000;

  @Test
  void read_everyCut_agreesWithWhatHeldThen() {
    MemoryIndex index = MemoryIndex.ofBirth(new DatabaseId(UUID.randomUUID()), Birth.datoms());
    moments.add(new ListSource(Birth.datoms(), index.schema(), 0));
    index = apply(index, List.of(schema()));
    for (int batch = 0; batch < 60; batch++) {
      var transactions = new ArrayList<List<Datom>>();
      for (int i = 1 + random.nextInt(8); i > 0; i--) {
        transactions.add(batch == 30 && i == 1 ? indexLater() : transaction());
      }
      index = index.with(transactions, counters());
      if (batch % 6 == 0 || batch > 55) {
        assertEveryMomentAgrees(index);
      }
    }
  }

  private MemoryIndex apply(MemoryIndex index, List<List<Datom>> transactions) {
    return index.with(transactions, counters());
  }

  private Counters counters() {
    return new Counters(t - 1, t, 300, Instant.EPOCH);
  }

  private void assertEveryMomentAgrees(MemoryIndex index) {
    for (ListSource moment : moments) {
      IndexView view = IndexView.moment(index, moment.basisT());
      assertAgree(view, moment, ranges());
      if (hasAvet(moment)) {
        assertAgree(view, moment, laterRanges());
      }
    }
    for (int i = 0; i < 20; i++) {
      ListSource moment = moments.get(random.nextInt(moments.size()));
      IndexView asOf = IndexView.now(index).through(Window.NOW.asOf(moment.basisT()));
      var today = new ListSource(moment.held(), index.schema(), moment.basisT());
      assertAgree(asOf, today, ranges());
      if (hasAvet(today)) {
        assertAgree(asOf, today, laterRanges());
      }
      if (i < 5) {
        assertIsThen(index.at(moment.basisT()), index, moment);
      }
    }
  }

  /// What is built on again has the facts and the words of that moment, and takes transactions.
  private void assertIsThen(MemoryIndex then, MemoryIndex now, ListSource moment) {
    assertAgree(IndexView.now(then), moment, ranges());
    if (hasAvet(moment)) {
      assertAgree(IndexView.now(then), moment, laterRanges());
    }
    for (Index each : List.of(Index.EAVT, Index.AEVT, Index.VAET)) {
      List<Datom> words = list(now.readWords(Ranges.all(each), /* reverse= */ false));
      words.removeIf(word -> word.t() > moment.basisT());
      assertThat(list(then.readWords(Ranges.all(each), /* reverse= */ false))).isEqualTo(words);
    }
    assertThat(then.size()).isEqualTo(moment.held().size());
    assertThat(then.basisT()).isEqualTo(moment.basisT());
  }

  private static void assertAgree(DatomSource view, DatomSource model, List<DatomRange> ranges) {
    for (DatomRange range : ranges) {
      assertThat(list(view.read(range)))
          .as("%s at %s", range, model.basisT())
          .containsExactlyElementsOf(list(model.read(range)));
      assertThat(list(view.readReverse(range)))
          .as("%s at %s, last first", range, model.basisT())
          .containsExactlyElementsOf(list(model.readReverse(range)));
    }
  }

  /// Ranges of the user's attributes in every index.
  private List<DatomRange> ranges() {
    long e = entity();
    long a = ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
    Object v = value(a);
    var ranges = new ArrayList<DatomRange>();
    ranges.add(Ranges.e(e));
    ranges.add(Ranges.ea(e, a));
    ranges.add(Ranges.eav(e, a, v));
    ranges.add(Ranges.a(a));
    ranges.add(Ranges.all(Index.EAVT));
    ranges.add(Ranges.all(Index.VAET));
    ranges.add(Ranges.v(entity()));
    ranges.add(Ranges.av(INDEXED, value(INDEXED)));
    ranges.add(Ranges.avRange(INDEXED, value(INDEXED), null));
    return ranges;
  }

  /// Ranges of the attribute that was indexed later, for views whose schema has it in AVET.
  private List<DatomRange> laterRanges() {
    return List.of(
        Ranges.av(INDEXED_LATER, value(INDEXED_LATER)),
        Ranges.avRange(INDEXED_LATER, null, value(INDEXED_LATER)));
  }

  private static boolean hasAvet(DatomSource source) {
    return source.schema().attribute(INDEXED_LATER).map(Attribute::hasAvet).orElse(false);
  }

  private List<Datom> schema() {
    long tx = Partition.tx(t);
    var datoms = new ArrayList<Datom>();
    for (long a : ATTRIBUTES) {
      datoms.add(new Datom(a, Ids.IDENT, Keyword.of("test", "a" + a), tx, true));
      datoms.add(
          new Datom(a, Ids.VALUE_TYPE, a == REFERENCE ? Ids.TYPE_REF : Ids.TYPE_LONG, tx, true));
      datoms.add(new Datom(a, Ids.CARDINALITY, Ids.CARDINALITY_MANY, tx, true));
    }
    datoms.add(new Datom(INDEXED, Ids.INDEX, true, tx, true));
    return remember(datoms);
  }

  private List<Datom> indexLater() {
    return remember(List.of(new Datom(INDEXED_LATER, Ids.INDEX, true, Partition.tx(t), true)));
  }

  /// A set of changes that are none of them redundant: what holds is retracted, what does not is
  /// asserted.
  private List<Datom> transaction() {
    Set<List<Object>> held = new HashSet<>();
    moments.getLast().held().forEach(d -> held.add(List.of(d.e(), d.a(), d.v())));
    var changes = new ArrayList<Datom>();
    Set<List<Object>> changed = new HashSet<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      long a = ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
      List<Object> fact = List.of(entity(), a, value(a));
      if (changed.add(fact)) {
        changes.add(
            new Datom((long) fact.get(0), a, fact.get(2), Partition.tx(t), !held.contains(fact)));
      }
    }
    return remember(changes);
  }

  private List<Datom> remember(List<Datom> txData) {
    moments.add(moments.getLast().with(txData, t));
    t += 1 + random.nextInt(3);
    return txData;
  }

  private long entity() {
    return Partition.entityId(Partition.USER, 1000L + random.nextInt(8));
  }

  private Object value(long a) {
    return a == REFERENCE ? (Object) entity() : (Object) (long) random.nextInt(5);
  }

  private static List<Datom> list(Iterator<Datom> datoms) {
    var list = new ArrayList<Datom>();
    datoms.forEachRemaining(list::add);
    return list;
  }
}
