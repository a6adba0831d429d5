/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Db;
import page.bits.db.TxReport;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;
import page.bits.testkit.Property;
import page.bits.testkit.Seed;

/// Random transactions; then every view at every t, its indexes, walks and pulls, against a list of
/// datoms.
///
/// `-Dtest.views=N` goes on until N views were compared. A case that fails is made smaller.
final class ViewsPropertyTest {
  private static final int VIEWS = Integer.getInteger("test.views", 700);
  private static final int TRANSACTIONS = 40;
  private static final int CHAINS = 60;
  private static final Keyword SAID = Keyword.of("transactions");
  private static final Keyword CHAINED = Keyword.of("views");
  private static final Keyword CHANGES = Keyword.of("changes");
  private static final Keyword SEED = Keyword.of("seed");

  private int views;
  private int pulls;
  private int transactions;
  private int changed;

  @Row({"H-02", "H-03", "H-04", "H-05", "H-06", "Q-60", "Q-67", "RA-09", "RA-11", "RF-09", "RF-10"})
  @Test
  void views_atEveryT_areThoseOfTheList() {
    long seed = Seed.of("ViewsPropertyTest.views");
    var property = new Property("ViewsPropertyTest", seed, this::checkViews);
    var random = new Random(seed);
    int databases = 0;
    for (; views < VIEWS; databases++) {
      RandomViews some = new RandomViews(random, entities());
      var aCase = new LinkedHashMap<Keyword, Object>();
      aCase.put(SAID, Stream.generate(some::forms).limit(TRANSACTIONS).toList());
      aCase.put(CHAINED, Stream.generate(() -> chain(random, some)).limit(CHAINS).toList());
      aCase.put(SEED, random.nextLong());
      property.check(aCase);
    }
    Seed.counted(
        "views",
        "%d views on %d databases of %d transactions, each with all its indexes and walks; %d pulls"
            .formatted(views, databases, transactions, pulls));
  }

  /// Views on the newest value, or on that after the n-th transaction: `[n views]`.
  private static List<Object> chain(Random random, RandomViews some) {
    long moment = random.nextInt(4) == 0 ? random.nextInt(100) : -1;
    return List.of(moment, some.views());
  }

  private static List<Long> entities() {
    try (var world = new ViewsWorld()) {
      return world.entities();
    }
  }

  private static Object part(Object aCase, Keyword key) {
    return Objects.requireNonNull(((Map<?, ?>) aCase).get(key));
  }

  private void checkViews(Object aCase) {
    try (var world = ViewsWorld.of((List<?>) part(aCase, SAID))) {
      var agree = new ViewsAgree(new Random((Long) part(aCase, SEED)), world.entities());
      Db db = world.db();
      NaiveDb model = world.until(db.basisT());
      for (TxReport report : world.reports()) {
        checkAround(world, db, model, report, agree);
      }
      for (Object each : (List<?>) part(aCase, CHAINED)) {
        List<?> chain = (List<?>) Objects.requireNonNull(each);
        long moment = (Long) chain.get(0);
        TxReport report = world.report(Math.max(0, moment));
        Db start = moment < 0 ? db : report.dbAfter();
        world.see(
            start, moment < 0 ? model : world.until(report.t()), (List<?>) chain.get(1), agree);
      }
      views += agree.views();
      pulls += agree.pulls();
      transactions += world.reports().size();
    }
  }

  private static void checkAround(
      ViewsWorld world, Db db, NaiveDb model, TxReport report, ViewsAgree agree) {
    long t = report.t();
    agree.check(db.asOf(t), model.asOf(t));
    agree.check(db.asOf(t - 1), model.asOf(t - 1));
    agree.check(db.since(t), model.since(t));
    agree.check(db.history().asOf(t), model.asOf(t).history());
    agree.check(db.since(t).history(), model.history().since(t));
    agree.check(report.dbAfter(), world.until(report.t()));
    agree.check(report.dbBefore(), world.until(report.prevT()));
  }

  /// A result that a transaction changes was read from a range that it touches.
  @Test
  void readSets_ofEveryAccess_holdWhatChangesTheResult() {
    long seed = Seed.of("ViewsPropertyTest.readSets");
    var property = new Property("ViewsPropertyTest", seed, this::checkReads);
    var random = new Random(seed);
    List<Long> entities = entities();
    for (int i = 0; i < 3; i++) {
      var some = new RandomViews(random, entities);
      var aCase = new LinkedHashMap<Keyword, Object>();
      aCase.put(SAID, Stream.generate(some::forms).limit(TRANSACTIONS).toList());
      var changes = new ArrayList<Object>();
      for (int j = 0; j < 400; j++) {
        changes.add(List.of(random.nextLong(), some.forms()));
      }
      aCase.put(CHANGES, changes);
      property.check(aCase);
    }
    assertThat(changed).isPositive();
  }

  private void checkReads(Object aCase) {
    try (var world = ViewsWorld.of((List<?>) part(aCase, SAID))) {
      for (Object each : (List<?>) part(aCase, CHANGES)) {
        List<?> change = (List<?>) Objects.requireNonNull(each);
        var some = new RandomViews(new Random((Long) change.get(0)), world.entities());
        checkRead(world.db(), some.computation(world), (List<?>) change.get(1));
      }
    }
  }

  private void checkRead(Db db, Function<Db, @Nullable Object> computation, List<?> forms) {
    var before = db.recorded(computation);
    TxReport report;
    try {
      report = db.with(forms);
    } catch (BitsException _) { // refused: nothing changes
      return;
    }
    Object after = report.dbAfter().recorded(computation).result();
    if (!String.valueOf(after).equals(String.valueOf(before.result()))) {
      changed++;
      assertThat(before.reads().touchedBy(report.txData()))
          .as("%s became %s by %s", before.result(), after, report.txData())
          .isTrue();
    }
  }
}
