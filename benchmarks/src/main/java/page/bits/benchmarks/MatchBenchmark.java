/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.live.AddressLimits;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.LiveSettings;
import page.bits.live.Site;
import page.bits.live.test.OpenPage;
import page.bits.live.test.TestSite;

/// What one transaction costs a node on which many pages are open that it does not touch: the time
/// of its match, and renderings.
///
/// In one process and in memory. Each page is another creator's and reads by value, by entity and
/// by two joins; a visitor has each open.
final class MatchBenchmark {
  private static final int[] PAGES = {100, 1_000, 10_000};
  private static final int TRANSACTIONS = 2_000;

  private static final String SCHEMA =
      """
      [{:db/ident :creator/handle :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :creator/bio :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :post/by :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
       {:db/ident :post/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]
      """;

  record Of(String handle) {}

  private MatchBenchmark() {}

  static void run() {
    System.out.println("| open pages | match, mean us | renders a transaction |\n|---:|---:|---:|");
    for (int pages : PAGES) {
      measure(pages);
    }
  }

  private static void measure(int pages) {
    try (Connection connection = Bits.connect("bits:mem:" + UUID.randomUUID());
        TestSite site = TestSite.of(site(connection))) {
      for (int i = 0; i < pages; i++) {
        Object _ =
            connection.transact(List.of(Map.of(":creator/handle", "c" + i, ":creator/bio", "-")));
      }
      var open = new ArrayList<OpenPage>();
      for (int i = 0; i < pages; i++) {
        open.add(site.visitor().open("/c" + i));
      }
      write(connection, pages); // warms up; an empty feed read more than one with posts
      awaitQuiet(site);
      double seconds = site.metric(0, "bits_match_seconds_sum");
      double count = site.metric(0, "bits_match_seconds_count");
      double renders = renders(site);
      write(connection, pages);
      double matches = site.metric(0, "bits_match_seconds_count") - count;
      System.out.printf(
          Locale.ROOT,
          "| %d | %.1f | %.2f |%n",
          pages,
          (site.metric(0, "bits_match_seconds_sum") - seconds) / matches * 1e6,
          (renders(site) - renders) / TRANSACTIONS);
      open.forEach(OpenPage::close);
    }
  }

  /// Posts of the first ten creators in turns; waits until each is matched.
  private static void write(Connection connection, int pages) {
    for (int i = 0; i < TRANSACTIONS; i++) {
      List<Object> by = List.of(":creator/handle", "c" + i % Math.min(10, pages));
      Object _ = connection.transact(List.of(Map.of(":post/by", by, ":post/text", "post " + i)));
    }
  }

  /// Waits until nothing was rendered for a while.
  private static void awaitQuiet(TestSite site) {
    double before = -1;
    while (renders(site) != before) {
      before = renders(site);
      LockSupport.parkNanos(1_000_000_000L);
    }
  }

  private static double renders(TestSite site) {
    return site.metric(0, "bits_fragment_renders_total{fragment=\"feed\"}")
        + site.metric(0, "bits_fragment_renders_total{fragment=\"profile\"}")
        + site.metric(0, "bits_fragment_renders_total{fragment=\"/{handle}\"}");
  }

  private static Site site(Connection connection) {
    connection.ensureSchema(SCHEMA);
    Fragment<Of> profile = Fragment.shared("profile", Of.class, MatchBenchmark::profile);
    Fragment<Of> feed = Fragment.shared("feed", Of.class, MatchBenchmark::feed);
    return Site.on(connection)
        .settings(LiveSettings.standard().perAddress(AddressLimits.NONE))
        .page(
            "/{handle}",
            view -> {
              var of = new Of(view.param("handle"));
              return Html.join(List.of(view.show(profile, of), view.show(feed, of)));
            });
  }

  private static Html profile(Db db, Of of) {
    return text(
        db.q(
            "[:find ?b . :in $ ?h :where [?c :creator/handle ?h] [?c :creator/bio ?b]]",
            of.handle()));
  }

  private static Html feed(Db db, Of of) {
    return text(
        db.q(
            "[:find (count ?p) . :in $ ?h :where [?c :creator/handle ?h] [?p :post/by ?c] [?p :post/text ?t]]",
            of.handle()));
  }

  private static Html text(@org.jspecify.annotations.Nullable Object result) {
    return Html.of(Objects.requireNonNullElse(result, 0).toString());
  }
}
