/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model;

import static page.bits.testkit.model.ViewsWorld.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.IndexPull;
import page.bits.edn.Keyword;

/// Random transactions on a [ViewsWorld], views of it, and computations on a value.
final class RandomViews {
  private static final List<String> ATTRIBUTES =
      List.of("name", "age", "age", "tag", "nick", "friend", "friend", "boss", "part", "one");

  private final Random random;
  private final List<Long> entities;

  RandomViews(Random random, List<Long> entities) {
    this.random = random;
    this.entities = entities;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  List<Object> forms() {
    var forms = new ArrayList<Object>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      String a = one(ATTRIBUTES);
      Object v =
          switch (a) {
            case "name", "tag" -> one(List.of("a", "b", "c", "d"));
            case "age", "nick" -> (long) random.nextInt(5);
            default -> one(entities);
          };
      forms.add(
          switch (random.nextInt(12)) {
            case 0 -> List.of(":db/retractEntity", one(entities));
            case 1, 2, 3 -> List.of(":db/retract", one(entities), ":m/" + a, v);
            case 4 -> List.of(":db/retract", one(entities), ":m/" + a);
            default -> List.of(":db/add", one(entities), ":m/" + a, v);
          });
    }
    return forms;
  }

  /// Up to four views on each other, as [ViewsWorld#see] reads them.
  List<Object> views() {
    var views = new ArrayList<Object>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      long report = random.nextInt(100);
      long back = random.nextInt(2);
      views.add(
          switch (random.nextInt(5)) {
            case 0 -> List.of(Keyword.of("as-of"), report, back);
            case 1 -> List.of(Keyword.of("since"), report, back);
            case 2 -> List.of(Keyword.of("history"));
            case 3 -> List.of(Keyword.of("filter"), (long) random.nextInt(4));
            default -> List.of(Keyword.of("with"), forms());
          });
    }
    return views;
  }

  Function<Db, @Nullable Object> computation(ViewsWorld world) {
    Function<Db, Db> view = recordedView(world);
    long e = one(entities);
    String pattern = one(ViewsAgree.PATTERNS);
    long limit = 1L + random.nextInt(3);
    Index index = one(List.of(Index.values()));
    long start = random.nextInt(5);
    return switch (random.nextInt(7)) {
      case 0 -> db -> list(view.apply(db).datoms(Index.EAVT, e));
      case 1 -> db -> first(limit, view.apply(db).seekDatoms(Index.AVET, ":m/age", start));
      case 2 -> db -> first(limit, view.apply(db).seekDatomsReverse(index));
      case 3 -> db -> list(view.apply(db).indexRange(":m/nick", start, start + 2));
      case 4 -> db -> db.pull(pattern, e);
      case 5 ->
          db ->
              list(
                  db.indexPull(
                      IndexPull.of(Index.AVET, pattern, ":m/age", start).reverse().limit(limit)));
      default -> db -> db.entity(e).touch().toString();
    };
  }

  private static <T> List<T> first(long limit, Iterable<T> walk) {
    return StreamSupport.stream(walk.spliterator(), /* parallel= */ false).limit(limit).toList();
  }

  private Function<Db, Db> recordedView(ViewsWorld world) {
    long t = one(world.reports()).t();
    Predicate<Datom> keep = world.filter(random.nextInt(4));
    return switch (random.nextInt(5)) {
      case 0 -> Db::history;
      case 1 -> db -> db.since(t);
      case 2 -> db -> db.filter((_, datom) -> keep.test(datom));
      case 3 ->
          db ->
              db.filter((all, datom) -> all.entid(List.of(":m/name", "a")).orElse(0) != datom.e());
      default -> db -> db;
    };
  }
}
