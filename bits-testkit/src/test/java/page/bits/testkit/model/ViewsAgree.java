/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static page.bits.testkit.model.ViewsWorld.list;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.IndexPull;
import page.bits.edn.Edn;

/// Whether a view shows what its model does: every index, walks from random places in it, pulls and
/// walks of pulls. Counts what it compared; confined to one thread.
final class ViewsAgree {
  static final List<String> PATTERNS =
      List.of(
          "[*]",
          "[:db/id :m/name]",
          "[:m/age :m/tag :m/nick :m/friend :m/boss :m/part :m/one]",
          "[:m/_friend :m/_boss :m/_part :m/_one]",
          "[{:m/friend [:m/name {:m/boss [:db/id]}]} [:m/age :default false]]",
          "[* {:m/part [:m/age]} [:m/tag :limit 1 :as :t]]",
          "[:m/name {:m/boss ...}]",
          "[:db/id {:m/boss 2 [:m/friend :limit 2] 1}]",
          "[* {:m/_boss ...}]",
          "[:m/age {[:m/one :default :none] ...}]",
          "[{[:m/_friend :as \"of\"] [*]} {[:m/part :default 1] [:m/tag]}]");

  private final Random random;
  private final List<Long> entities;
  private int views;
  private int pulls;

  ViewsAgree(Random random, List<Long> entities) {
    this.random = random;
    this.entities = entities;
  }

  int views() {
    return views;
  }

  int pulls() {
    return pulls;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  void check(Db db, NaiveDb model) {
    views++;
    for (Index index : Index.values()) {
      List<Datom> shown = model.datoms(index);
      assertThat(list(db.datoms(index))).as("%s %s", db, index).isEqualTo(shown);
      if (!shown.isEmpty()) {
        checkWalks(db, model, index, one(shown));
      }
    }
    long age = db.entid(":m/age").orElseThrow();
    long from = random.nextInt(4);
    long to = random.nextInt(6);
    assertThat(list(db.indexRange(":m/age", from, to)))
        .as("%s index-range %s %s", db, from, to)
        .isEqualTo(
            model.seek(Index.AVET, List.of(age, from)).stream()
                .filter(datom -> datom.a() == age && (Long) datom.v() < to)
                .toList());
    if (!model.isHistory()) {
      checkPulls(db, model);
    }
  }

  private void checkWalks(Db db, NaiveDb model, Index index, Datom at) {
    List<Object> all =
        switch (index) {
          case EAVT -> List.of(at.e(), at.a(), at.v());
          case AEVT -> List.of(at.a(), at.e(), at.v());
          case AVET -> List.of(at.a(), at.v(), at.e());
          case VAET -> List.of(at.v(), at.a(), at.e());
        };
    List<Object> prefix = all.subList(0, 1 + random.nextInt(3));
    Object[] components = prefix.toArray();
    assertThat(list(db.datoms(index, components)))
        .as("%s %s %s", db, index, prefix)
        .isEqualTo(model.datoms(index, prefix));
    assertThat(list(db.seekDatoms(index, components)))
        .as("%s from %s %s", db, index, prefix)
        .isEqualTo(model.seek(index, prefix));
    assertThat(list(db.seekDatomsReverse(index, components)))
        .as("%s back from %s %s", db, index, prefix)
        .isEqualTo(model.seekReverse(index, prefix));
  }

  private void checkPulls(Db db, NaiveDb model) {
    pulls++;
    List<?> pattern = (List<?>) Objects.requireNonNull(Edn.read(one(PATTERNS)));
    long e = one(entities);
    assertThat((Map<?, ?>) db.pull(pattern, e))
        .as("%s %s %s", db, pattern, e)
        .isEqualTo(NaivePull.pull(model, pattern, e));
    boolean isReverse = random.nextBoolean();
    long age = db.entid(":m/age").orElseThrow();
    List<Object> start = List.of(age, (long) random.nextInt(6));
    IndexPull walk = IndexPull.of(Index.AVET, pattern, start.toArray()).limit(3);
    List<Datom> along =
        isReverse ? model.seekReverse(Index.AVET, start) : model.seek(Index.AVET, start);
    assertThat(list(db.indexPull(isReverse ? walk.reverse() : walk)))
        .as("%s along the ages %s", db, pattern)
        .isEqualTo(
            along.stream()
                .filter(datom -> datom.a() == age)
                .limit(3)
                .map(datom -> NaivePull.pull(model, pattern, datom.e()))
                .toList());
  }
}
