/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.TxReport;
import page.bits.edn.Keyword;
import page.bits.live.Answer;
import page.bits.live.Form;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.LiveSettings;
import page.bits.live.Site;
import page.bits.live.Viewer;

/// A site of random fragments over a random schema: each runs random queries, is of a random kind,
/// and shows others, some of them only while the data says so. All of it follows from the seed.
final class RandomSite {
  private static final int ATTRIBUTES = 5;
  private static final int FRAGMENTS = 9;
  private static final int PAGES = 4;
  static final List<String> ROLES = List.of("ant", "bee", "cow");

  /// `from` tells apart where it stands, unless fragments may stand at two places.
  record Nth(int n, String from) {}

  record Role(String name) {}

  record Move(long seed) {}

  private final Random random;
  private final boolean isTangled;
  private final List<String> types = new ArrayList<>();
  private final List<Fragment<Nth>> fragments = new ArrayList<>();
  private final List<List<Fragment<Nth>>> pages = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final List<Long> entities = new ArrayList<>();

  /// The database value at each t.
  final Map<Long, Db> values = new ConcurrentHashMap<>();

  RandomSite(long seed, boolean isTangled) {
    this.isTangled = isTangled;
    random = new Random(seed);
    for (int i = 0; i < ATTRIBUTES; i++) {
      types.add(List.of("long", "string", "ref").get(random.nextInt(3)));
    }
    for (int i = FRAGMENTS - 1; i >= 0; i--) {
      fragments.addFirst(fragment("f" + i, List.copyOf(fragments)));
    }
    for (int i = 0; i < PAGES; i++) {
      pages.add(some(fragments, 3));
    }
  }

  int pageCount() {
    return PAGES;
  }

  private <T> List<T> some(List<T> all, int most) {
    var rest = new ArrayList<>(all);
    var some = new ArrayList<T>();
    for (int i = 0; i < most && !rest.isEmpty(); i++) {
      some.add(rest.remove(random.nextInt(rest.size())));
    }
    return some;
  }

  // The schema and what is transacted

  void define(Connection connection) {
    String own =
        IntStream.range(0, ATTRIBUTES)
            .mapToObj(
                i ->
                    "{:db/ident :a/a%d :db/valueType :db.type/%s :db/cardinality :db.cardinality/%s%s}"
                        .formatted(
                            i,
                            types.get(i),
                            random.nextBoolean() ? "one" : "many",
                            random.nextBoolean() ? " :db/index true" : ""))
            .collect(Collectors.joining("\n"));
    connection.ensureSchema(
        """
        [{:db/ident :who/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
          :db/unique :db.unique/identity}
         {:db/ident :who/role :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
         {:db/ident :secret/of :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
         {:db/ident :secret/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
        """
            + own
            + "]");
    values.put(connection.db().basisT(), connection.db());
  }

  /// Those whose roles and secrets change.
  void know(String viewerId) {
    keys.add(viewerId);
  }

  /// A random transaction; the same for the same seed and state.
  synchronized void move(Connection connection, long seed) {
    var dice = new Random(seed);
    TxReport report = connection.transact(forms(dice));
    values.put(report.t(), report.dbAfter());
    if (entities.size() < 12) {
      entities.addAll(report.tempids().values());
    }
  }

  private List<?> forms(Random dice) {
    return switch (dice.nextInt(10)) {
      case 0 ->
          List.of(
              Map.of(
                  ":who/key", keys.get(dice.nextInt(keys.size())),
                  ":who/role", ROLES.get(dice.nextInt(ROLES.size()))));
      case 1, 2 -> {
        boolean isRole = dice.nextBoolean();
        String of =
            isRole ? ROLES.get(dice.nextInt(ROLES.size())) : keys.get(dice.nextInt(keys.size()));
        yield List.of(Map.of(":secret/of", of, ":secret/text", mark(of) + dice.nextInt(50)));
      }
      default -> {
        int a = dice.nextInt(ATTRIBUTES);
        Object e =
            entities.isEmpty() || dice.nextInt(4) == 0
                ? "new"
                : entities.get(dice.nextInt(entities.size()));
        yield List.of(List.of(":db/add", e, ":a/a" + a, value(dice, a)));
      }
    };
  }

  private Object value(Random dice, int attribute) {
    return switch (types.get(attribute)) {
      case "long" -> (long) dice.nextInt(6);
      case "string" -> "v" + dice.nextInt(6);
      default -> entities.isEmpty() ? "new" : entities.get(dice.nextInt(entities.size()));
    };
  }

  /// What stands before each secret of a role or viewer, and nowhere else.
  static String mark(String of) {
    return "«" + of + "»";
  }

  // The fragments

  private Fragment<Nth> fragment(String name, List<Fragment<Nth>> below) {
    List<Integer> queries = List.of(random.nextInt(7), random.nextInt(7));
    List<Fragment<Nth>> children = some(below, random.nextInt(3));
    int a = random.nextInt(ATTRIBUTES);
    int b = random.nextInt(ATTRIBUTES);
    boolean isConditional = random.nextBoolean();
    var of =
        new Renderer(
            queries, children, a, b, isConditional, isTangled ? "" : name, random.nextInt(3));
    return switch (random.nextInt(4)) {
      case 0 ->
          Fragment.scoped(
              name, Nth.class, RandomSite::role, (db, nth, role) -> of.html(db, nth, role.name()));
      case 1 -> Fragment.personal(name, Nth.class, (db, nth, me) -> of.html(db, nth, me.id()));
      default -> Fragment.shared(name, Nth.class, (db, nth) -> of.html(db, nth, ""));
    };
  }

  static Role role(Db db, Viewer viewer) {
    Object role =
        db.q("[:find ?r . :in $ ?k :where [?e :who/key ?k] [?e :who/role ?r]]", viewer.id());
    return new Role(role == null ? "nobody" : role.toString());
  }

  private record Renderer(
      List<Integer> queries,
      List<Fragment<Nth>> children,
      int a,
      int b,
      boolean isConditional,
      String name,
      int slowness) {
    Html html(Db db, Nth nth, String seen) {
      LockSupport.parkNanos(slowness * 1_500_000L); // so that transactions come meanwhile
      var html = new Html.Builder();
      boolean isShown = true;
      for (int query : queries) {
        String text = run(db, query, nth.n());
        isShown = text.length() % 2 == 0;
        html.markup("<p>").add(Html.of(text)).markup("</p>\r\n");
      }
      if (!seen.isEmpty()) {
        Object secrets =
            db.q("[:find [?t ...] :in $ ?o :where [?e :secret/of ?o] [?e :secret/text ?t]]", seen);
        html.markup("<b>").add(Html.of(mark(seen) + text(secrets))).markup("</b>");
      }
      for (Fragment<Nth> child : children) {
        if (isShown || !isConditional) {
          html.markup("<i>")
              .add(child.show(new Nth(nth.n() + 1, nth.from() + name)))
              .markup("</i>");
        }
      }
      return html.build();
    }

    private String run(Db db, int query, int n) {
      Keyword x = Keyword.of("a", "a" + a);
      Keyword y = Keyword.of("a", "a" + b);
      return switch (query) {
        case 0 -> text(db.q("[:find ?e ?v :in $ ?a :where [?e ?a ?v]]", x));
        case 1 -> text(db.q("[:find [?e ...] :where [?e " + x + " _]]"));
        case 2 -> text(db.q("[:find ?v ?w :where [?e " + x + " ?v] [?e " + y + " ?w]]"));
        case 3 -> text(db.q("[:find (count ?e) . :where [?e " + y + " _]]"));
        case 4 -> text(db.q("[:find [?e ...] :in $ ?v :where [?e " + x + " ?v]]", (long) n));
        case 5 -> text(db.q("[:find ?e ?v :where [?e " + x + " ?v] [?e " + y + " ?e]]"));
        default -> datoms(db.datoms(Index.AEVT, x));
      };
    }

    private static String datoms(Iterable<Datom> datoms) {
      var text = new StringBuilder();
      for (Datom datom : datoms) {
        text.append(datom.e()).append('=').append(datom.v()).append(' ');
      }
      return text.toString();
    }
  }

  private static String text(@Nullable Object result) {
    return result instanceof Collection<?> all
        ? all.stream().map(String::valueOf).sorted().toList().toString()
        : String.valueOf(result);
  }

  // The site, and what it should show

  Site on(Connection connection) {
    Site site =
        Site.on(connection)
            .settings(LiveSettings.standard().renderInterval(Duration.ofMillis(1)))
            .action(
                "/move",
                Move.class,
                (act, move) -> {
                  move(act.connection(), move.seed());
                  return Answer.stay();
                });
    for (int i = 0; i < PAGES; i++) {
      List<Fragment<Nth>> shown = pages.get(i);
      site.page(
          "/p" + i, view -> Html.join(shown.stream().map(f -> f.show(new Nth(0, ""))).toList()));
    }
    return site;
  }

  /// The element of a page, made anew from a database value: what every viewer must have.
  static String fresh(Fragment<?> fragment, Object params, Db db, Viewer viewer) {
    var out = new StringBuilder();
    new Fresh(db, viewer, new ArrayList<>()).write(fragment, params, out);
    return out.toString().replace("\r\n", "\n");
  }

  private record Fresh(Db db, Viewer viewer, List<Object> shown) {
    @SuppressWarnings("unchecked") // a hole's parameters are of its fragment's type
    private <P> void write(Fragment<P> fragment, Object params, StringBuilder out) {
      Record sight = fragment.sight(db, viewer);
      if (shown.contains(List.of(fragment, params, sight))) {
        return; // shown once in a page
      }
      shown.add(List.of(fragment, params, sight));
      Html html = fragment.render(db, (P) params, sight, Form.empty()).html();
      out.append('<').append(fragment.tag()).append(" id=\"").append(Ids.of(fragment, params));
      out.append("\">");
      for (Html.Part part : html.parts()) {
        switch (part) {
          case Html.Part.Markup(String markup) -> out.append(markup);
          case Html.Part.Hole(Fragment<?> inner, Object innerParams) ->
              write(inner, innerParams, out);
        }
      }
      out.append("</").append(fragment.tag()).append('>');
    }
  }
}
