/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.workload;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Functions;
import page.bits.db.Index;
import page.bits.db.Tx;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;
import page.bits.error.ErrorCode;
import page.bits.error.ErrorData;
import page.bits.testkit.history.Checker;
import page.bits.testkit.history.Hashes;
import page.bits.testkit.history.Request;
import page.bits.testkit.history.Thing;

/// The things that clients work on, how requests are written as transactions, and how the state of
/// a thing is read. Stateless.
public final class Workload {
  static final int LISTS = 24;
  static final int REGISTERS = 6;
  static final int CELLS = 4;
  static final int ACCOUNTS = 6;
  static final int OWNERS = 4;
  static final int BADGES = 8;
  static final int SEATS = 6;
  static final long BALANCE = 100;

  private static final String TRANSFER = "torture/transfer";
  private static final String SCHEMA =
      """
      [{:db/ident :k/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :op/tag :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :list/item :db/valueType :db.type/long :db/cardinality :db.cardinality/many}
       {:db/ident :reg/value :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :cell/value :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :bank/balance :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :owner/badge :db/valueType :db.type/long :db/cardinality :db.cardinality/many
        :db/unique :db.unique/value}
       {:db/ident :seat/value :db/valueType :db.type/long :db/cardinality :db.cardinality/one
        :db/ephemeral true}
       {:db/ident :here/client :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/ephemeral true}
       {:db/ident :here/mark :db/valueType :db.type/long :db/cardinality :db.cardinality/many
        :db/ephemeral true}]""";
  private static final List<String> EPHEMERAL =
      List.of(":bits/session", ":seat/value", ":here/client", ":here/mark");

  /// The refusal of the transfer function.
  private enum Code implements ErrorCode {
    TOO_LITTLE;

    @Override
    public String code() {
      return Checker.TOO_LITTLE;
    }

    @Override
    public ErrorCategory category() {
      return ErrorCategory.CONFLICT;
    }
  }

  private Workload() {}

  /// Makes the function known to this JVM; before a connection is used.
  public static void registerFunctions() {
    Functions.registerTx(TRANSFER, TransferFunction.INSTANCE);
  }

  /// Moves an amount between two accounts, or refuses.
  private enum TransferFunction implements Functions.TxFunction {
    INSTANCE;

    @Override
    public List<?> call(Db before, List<@Nullable Object> arguments) {
      if (!(arguments.get(0) instanceof String from)
          || !(arguments.get(1) instanceof String to)
          || !(arguments.get(2) instanceof Long amount)) {
        throw new IllegalArgumentException(arguments.toString());
      }
      long there = number(before, List.of(":k/key", from), ":bank/balance");
      if (there < amount) {
        throw new BitsException(
            Code.TOO_LITTLE, "The account has too little", ErrorData.of("found", there));
      }
      long other = number(before, List.of(":k/key", to), ":bank/balance");
      return List.of(
          List.of(":db/add", List.of(":k/key", from), ":bank/balance", there - amount),
          List.of(":db/add", List.of(":k/key", to), ":bank/balance", other + amount));
    }
  }

  /// Makes the schema and the things; answers the t of the last transaction that did so.
  public static long setUp(Connection connection) {
    connection.ensureSchema(SCHEMA);
    var forms = new ArrayList<Object>();
    add(forms, "list-", LISTS, Map.of());
    add(forms, "reg-", REGISTERS, Map.of(":reg/value", 0L));
    add(forms, "cell-", CELLS, Map.of(":cell/value", 0L));
    add(forms, "acct-", ACCOUNTS, Map.of(":bank/balance", BALANCE));
    add(forms, "owner-", OWNERS, Map.of());
    add(forms, "seat-", SEATS, Map.of());
    return connection.transact(forms).t();
  }

  private static void add(List<Object> forms, String prefix, int count, Map<String, Long> more) {
    for (int i = 0; i < count; i++) {
      var form = new LinkedHashMap<String, Object>(more);
      form.put(":k/key", prefix + i);
      forms.add(form);
    }
  }

  /// The transaction of a request; its own data has the tag.
  static Tx tx(Request.Write request, long tag) {
    var forms = new ArrayList<Object>(forms(request));
    forms.add(List.of(":db/add", Tx.CURRENT, ":op/tag", tag));
    return Tx.of(forms);
  }

  private static List<List<?>> forms(Request.Write request) {
    return switch (request) {
      case Request.Sit(int seat, UUID session, long value) ->
          List.of(
              List.of(":db/add", key("seat-", seat), ":bits/session", session(session)),
              List.of(":db/add", key("seat-", seat), ":seat/value", value));
      case Request.Rise(int seat) ->
          List.of(
              List.of(":db/retract", key("seat-", seat), ":bits/session"),
              List.of(":db/retract", key("seat-", seat), ":seat/value"));
      default -> List.of(form(request));
    };
  }

  private static List<?> form(Request.Write request) {
    return switch (request) {
      case Request.Append(int list, long item) ->
          List.of(":db/add", key("list-", list), ":list/item", item);
      case Request.Put(int register, long value) ->
          List.of(":db/add", key("reg-", register), ":reg/value", value);
      case Request.Cas(int cell, long expected, long value) ->
          List.of(":db/cas", key("cell-", cell), ":cell/value", expected, value);
      case Request.Transfer(int from, int to, long amount) ->
          List.of(page.bits.edn.Symbol.of(TRANSFER), "acct-" + from, "acct-" + to, amount);
      case Request.Claim(int owner, long badge) ->
          List.of(":db/add", key("owner-", owner), ":owner/badge", badge);
      case Request.Release(int owner, long badge) ->
          List.of(":db/retract", key("owner-", owner), ":owner/badge", badge);
      case Request.End(UUID session) -> List.of(":bits/end-session", session(session));
      case Request.Sit _, Request.Rise _ -> throw new AssertionError("they have two forms");
    };
  }

  private static List<Object> session(UUID id) {
    return List.of(":bits.session/id", id);
  }

  /// The sessions that are open in a value, with the process that opened each.
  static Map<UUID, UUID> openSessions(Db db) {
    var open = new LinkedHashMap<UUID, UUID>();
    for (Datom session : db.datoms(Index.AVET, ":bits.session/open", true)) {
      open.put(
          uuid(db, session.e(), ":bits.session/id"), uuid(db, session.e(), ":bits.session/peer"));
    }
    return open;
  }

  private static UUID uuid(Db db, long e, String attribute) {
    return (UUID) db.datoms(Index.EAVT, e, attribute).iterator().next().v();
  }

  /// Whether all of these marks stand in a value.
  static boolean shows(Db db, Set<Long> marks) {
    var missing = new HashSet<>(marks);
    for (Datom datom : db.datoms(Index.AEVT, ":here/mark")) {
      missing.remove((Long) datom.v());
    }
    return missing.isEmpty();
  }

  private static List<Object> key(String prefix, int number) {
    return List.of(":k/key", prefix + number);
  }

  /// The state of a thing in a value, as [Thing] defines it.
  public static long state(Db db, Thing thing) {
    return switch (thing.kind()) {
      case LIST -> list(db, thing.number());
      case REGISTER -> number(db, key("reg-", thing.number()), ":reg/value");
      case CELL -> number(db, key("cell-", thing.number()), ":cell/value");
      case BANK -> bank(db);
      case BADGE -> holder(db, thing.number());
      case SEAT -> number(db, key("seat-", thing.number()), ":seat/value");
      case PRESENCE -> presence(db);
    };
  }

  /// What a view of another time shows of a thing that has none; and history, and since.
  static long stateAsOf(Db db, long t, Thing thing) {
    Db asOf = db.asOf(t);
    return thing.equals(Thing.PRESENCE)
        ? presence(asOf) + presence(db.since(t)) + presence(db.history())
        : state(asOf, thing);
  }

  /// A value may be older than the schema.
  private static long presence(Db db) {
    long state = 0;
    for (String attribute : EPHEMERAL) {
      if (db.entid(attribute).isEmpty()) {
        continue;
      }
      for (Datom datom : db.datoms(Index.AEVT, attribute)) {
        state += Hashes.datom(0, datom.e(), datom.a(), datom.v(), true);
      }
    }
    return state;
  }

  private static long list(Db db, int number) {
    long state = 0;
    for (Datom datom : db.datoms(Index.EAVT, key("list-", number), ":list/item")) {
      state += Hashes.item((Long) datom.v());
    }
    return state;
  }

  private static long bank(Db db) {
    long state = 0;
    for (int account = 0; account < ACCOUNTS; account++) {
      for (Datom datom : db.datoms(Index.EAVT, key("acct-", account), ":bank/balance")) {
        state += Hashes.balance(account, (Long) datom.v());
      }
    }
    return state;
  }

  private static long holder(Db db, long badge) {
    for (Datom datom : db.datoms(Index.AVET, ":owner/badge", badge)) {
      for (Datom key : db.datoms(Index.EAVT, datom.e(), ":k/key")) {
        return Long.parseLong(((String) key.v()).substring("owner-".length()));
      }
    }
    return Thing.NOBODY;
  }

  private static long number(Db db, List<?> entity, String attribute) {
    for (Datom datom : db.datoms(Index.EAVT, entity, attribute)) {
      return (Long) datom.v();
    }
    return 0;
  }

  /// Every thing there is.
  public static List<Thing> things() {
    var things = new ArrayList<Thing>();
    things.add(Thing.BANK);
    things.add(Thing.PRESENCE);
    for (int i = 0; i < LISTS; i++) {
      things.add(Thing.list(i));
    }
    for (int i = 0; i < REGISTERS; i++) {
      things.add(Thing.register(i));
    }
    for (int i = 0; i < CELLS; i++) {
      things.add(Thing.cell(i));
    }
    for (int i = 0; i < BADGES; i++) {
      things.add(Thing.badge(i));
    }
    for (int i = 0; i < SEATS; i++) {
      things.add(Thing.seat(i));
    }
    return things;
  }
}
