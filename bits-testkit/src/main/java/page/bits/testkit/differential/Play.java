/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.Partition;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.edn.Tagged;
import page.bits.testkit.differential.Contender.Committed;

/// One program on one contender. Used once, by one thread.
public final class Play {
  private static final int MAX_DATOMS = 500;

  /// What is not answered by then never will be, on a busy machine neither.
  private static final Duration STEP = Duration.ofSeconds(30);

  private final Contender contender;
  private final Names names;
  private final Normal normal;

  private Play(Contender contender) {
    this.contender = contender;
    this.names = new Names();
    this.normal = new Normal(contender, names);
  }

  /// The outcome of each step, on a database of its own.
  public static List<Outcome> of(Program program, Contender contender) {
    contender.begin();
    var play = new Play(contender);
    var outcomes = new ArrayList<Outcome>();
    for (Map<?, ?> step : program.steps()) {
      outcomes.add(play.outcome(step));
    }
    return outcomes;
  }

  /// On a thread of its own, since a contender may never come to an end.
  private Outcome outcome(Map<?, ?> step) {
    var outcome = new CompletableFuture<Outcome>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("step of a program")
            .unstarted(() -> outcome.complete(attempt(step)));
    thread.start();
    try {
      return outcome.get(STEP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      thread.interrupt();
      return new Outcome.Refused(new Contender.Refusal("untyped endless", "no end in " + STEP));
    } catch (ExecutionException | InterruptedException stopped) {
      throw new IllegalStateException("a step was stopped", stopped);
    }
  }

  private Outcome attempt(Map<?, ?> step) {
    try {
      return new Outcome.Answered(answer(step));
    } catch (Exception | StackOverflowError | AssertionError thrown) {
      return new Outcome.Refused(contender.refusal(thrown));
    }
  }

  private @Nullable Object answer(Map<?, ?> step) {
    if (step.containsKey(Keyword.of("tx"))) {
      Object report = transact(step, (List<?>) given(step, "tx"));
      return Boolean.TRUE.equals(Program.get(step, "quiet")) ? Keyword.of("ok") : report;
    }
    if (step.containsKey(Keyword.of("schema"))) {
      transact(step, Schemas.forms((Map<?, ?>) given(step, "schema")));
      return Keyword.of("ok");
    }
    Object db = view(Program.get(step, "view"));
    if (step.containsKey(Keyword.of("with"))) {
      return with(db, (List<?>) given(step, "with"));
    }
    return switch (kind(step)) {
      case "q" -> query(step, db);
      case "pull" -> normal.pulled(contender.pull(db, given(step, "pull"), of(step)));
      case "pull-many" ->
          normal.list(
              contender.pullMany(db, given(step, "pull-many"), (List<?>) given(step, "of")));
      case "index-pull" ->
          normal.list(contender.indexPull(db, (Map<?, ?>) given(step, "index-pull"), max(step)));
      case "entid" -> normal.value(contender.entid(db, given(step, "entid")));
      case "ident" -> contender.ident(db, given(step, "ident"));
      case "entid-at" -> entidAt(db, (List<?>) given(step, "entid-at"));
      case "touch" -> normal.pulled(contender.touch(db, given(step, "touch")));
      case "basis" -> names.transactionOf(contender.basisT(db));
      default -> index(step, db);
    };
  }

  private static String kind(Map<?, ?> step) {
    return List.of(
            "q",
            "pull",
            "pull-many",
            "index-pull",
            "entid",
            "ident",
            "entid-at",
            "touch",
            "basis",
            "datoms",
            "seek",
            "range",
            "tx-range")
        .stream()
        .filter(kind -> step.containsKey(Keyword.of(kind)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such step: " + step));
  }

  private Object index(Map<?, ?> step, Object db) {
    List<?> x = (List<?>) given(step, kind(step));
    return switch (kind(step)) {
      case "datoms" ->
          normal.datoms(
              contender.datoms(db, ((Keyword) x.get(0)).name(), x.subList(1, x.size()), max(step)));
      case "seek" -> {
        List<Datom> datoms =
            contender.seek(db, ((Keyword) x.get(0)).name(), x.subList(1, x.size()), max(step));
        yield Boolean.TRUE.equals(Program.get(step, "within"))
            ? normal.inOrder(within(datoms, contender.entid(db, Objects.requireNonNull(x.get(1)))))
            : normal.datoms(datoms);
      }
      case "range" ->
          normal.inOrder(contender.range(db, Objects.requireNonNull(x.get(0)), x.get(1), x.get(2)));
      default -> contender.txRange(x.get(0), x.get(1)).stream().map(normal::datoms).toList();
    };
  }

  /// Those before the first of another attribute: what follows depends on how attributes were
  /// numbered.
  private static List<Datom> within(List<Datom> datoms, @Nullable Object attribute) {
    return datoms.stream().takeWhile(datom -> Objects.equals(datom.a(), attribute)).toList();
  }

  /// The partition, and whose t it is.
  private List<Object> entidAt(Object db, List<?> x) {
    long id =
        contender.entidAt(db, Objects.requireNonNull(x.get(0)), Objects.requireNonNull(x.get(1)));
    return List.of(normal.partition(id), names.transactionOf(Partition.counter(id)));
  }

  private static int max(Map<?, ?> step) {
    return Program.get(step, "max") instanceof Long max ? Math.toIntExact(max) : MAX_DATOMS;
  }

  private Object given(Map<?, ?> step, String key) {
    return Objects.requireNonNull(resolve(Program.get(step, key)), key);
  }

  private @Nullable Object of(Map<?, ?> step) {
    return resolve(Program.get(step, "of"));
  }

  private Object transact(Map<?, ?> step, List<?> given) {
    List<Object> forms = new ArrayList<>(given);
    names.attempt();
    names.instantFor(forms, Program.get(step, "at")).ifPresent(forms::add);
    Committed committed = contender.transact(forms);
    names.commit(committed, normal::plain);
    return report(committed, names);
  }

  /// The instant of what was only tried is left out: it is the clock's in Datomic, and that of the
  /// transaction before in Bits.
  private Object with(Object db, List<?> forms) {
    Names speculative = names.copy();
    speculative.attempt();
    Committed committed = contender.with(db, forms);
    speculative.commit(committed, normal::plain);
    List<Datom> said =
        committed.datoms().stream().filter(datom -> datom.a() != Names.TX_INSTANT_ID).toList();
    return report(new Committed(committed.after(), said, committed.tempids()), speculative);
  }

  private Object report(Committed committed, Names known) {
    var inside = new Normal(contender, known);
    var map = new LinkedHashMap<Object, Object>();
    map.put(Keyword.of("data"), inside.datoms(committed.datoms()));
    var tempids = new LinkedHashMap<String, Object>();
    committed
        .tempids()
        .forEach((tempid, e) -> tempids.put(tempid, Objects.requireNonNull(inside.value(e))));
    map.put(Keyword.of("tempids"), tempids);
    Map<Object, Object> partitions = inside.partitions(committed.datoms());
    if (!partitions.isEmpty()) {
      map.put(Keyword.of("partitions"), partitions);
    }
    return map;
  }

  private @Nullable Object query(Map<?, ?> step, Object db) {
    List<Object> inputs = new ArrayList<>();
    if (!Keyword.of("given").equals(Program.get(step, "sources"))) {
      inputs.add(db);
    }
    if (Program.get(step, "in") instanceof List<?> in) {
      in.forEach(input -> inputs.add(Objects.requireNonNull(resolve(input))));
    }
    Object query = given(step, "q");
    Object answer = contender.q(query, inputs);
    return isCollection(query)
        ? normal.sorted((List<?>) Objects.requireNonNull(answer))
        : normal.answer(answer);
  }

  /// Whether `:find` asks for `[?x ...]`, whose order means nothing.
  private static boolean isCollection(Object query) {
    Object form = query instanceof String text ? Objects.requireNonNull(Edn.read(text)) : query;
    Object find =
        form instanceof List<?> list
            ? list.get(1)
            : ((List<?>) Objects.requireNonNull(((Map<?, ?>) form).get(Keyword.of("find"))))
                .getFirst();
    return find instanceof List<?> list
        && list.size() == 2
        && Symbol.of("...").equals(list.getLast());
  }

  private Object view(@Nullable Object view) {
    Object db = contender.db();
    if (view instanceof List<?> steps) {
      for (Object each : steps) {
        List<?> step = (List<?>) Objects.requireNonNull(each);
        Object argument = step.size() > 1 ? resolve(step.get(1)) : null;
        db =
            switch (((Keyword) step.getFirst()).name()) {
              case "as-of" -> contender.asOf(db, Objects.requireNonNull(argument));
              case "since" -> contender.since(db, Objects.requireNonNull(argument));
              case "history" -> contender.history(db);
              case "without" -> contender.without(db, (Keyword) Objects.requireNonNull(argument));
              case "unflagged" ->
                  contender.unflagged(db, (Keyword) Objects.requireNonNull(argument));
              case "with" -> contender.with(db, (List<?>) Objects.requireNonNull(argument)).after();
              default -> throw new IllegalArgumentException("no such view: " + step);
            };
      }
    }
    return db;
  }

  private @Nullable Object resolve(@Nullable Object form) {
    return names.resolve(
        form,
        (tag, value) ->
            switch (tag.name()) {
              case "db" -> view(value);
              case "log" -> contender.log();
              case "bytes" -> HexFormat.of().parseHex((String) value);
              default -> new Tagged(tag, value); // the contender's own to understand
            });
  }
}
