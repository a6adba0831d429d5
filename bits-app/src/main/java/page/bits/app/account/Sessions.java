/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.account;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.Pulled;

/// Sessions: who is signed in with which visitor's cookie. Stateless; reads, and makes forms.
///
/// A session is open while its entity names an account. It ends by being retracted: by signing out
/// here or elsewhere, or by the sweep after `:session/until`. Nothing else is asked, least of all a
/// clock, so a page that shows who is signed in changes with the fact.
public final class Sessions {
  /// How long a session lasts, and the cookie that it goes with.
  public static final Duration MAX_AGE = Duration.ofDays(30);

  /// The most open sessions of an account; one more ends the oldest.
  public static final int OF_AN_ACCOUNT_MAX = 50;

  private Sessions() {}

  private static List<Object> session(String key) {
    return List.of(":session/key", key);
  }

  private static OptionalLong entity(Db db, String key) {
    return key.isEmpty() ? OptionalLong.empty() : db.entid(session(key));
  }

  /// The account that is signed in with this cookie's hash; empty for nobody.
  public static Optional<Account> account(Db db, String key) {
    OptionalLong entity = entity(db, key);
    if (entity.isEmpty()) {
      return Optional.empty();
    }
    return accountEntity(db, entity.getAsLong()).map(account -> Accounts.account(db, account));
  }

  private static Optional<Long> accountEntity(Db db, long session) {
    for (Datom datom : db.datoms(Index.EAVT, session, ":session/account")) {
      return Optional.of((Long) datom.v());
    }
    return Optional.empty();
  }

  /// The open sessions of an account, the newest first.
  public static List<Session> of(Db db, long account) {
    var sessions = new ArrayList<Session>();
    for (Datom datom : db.datoms(Index.VAET, account, ":session/account")) {
      Pulled found = db.pull("[:session/key :session/device]", datom.e());
      Instant since = db.pull("[:db/txInstant]", datom.tx()).instant(":db/txInstant").orElseThrow();
      sessions.add(
          new Session(
              datom.e(),
              found.string(":session/key").orElse(""),
              found.string(":session/device").orElse(""),
              since));
    }
    sessions.sort(
        Comparator.comparing(Session::since).thenComparingLong(Session::entity).reversed());
    return sessions;
  }

  /// Opens a session under the fresh cookie's hash; one under the old cookie ends, and so do the
  /// oldest where the account has too many.
  public static List<Object> open(
      Db db, String fresh, String old, long account, String device, Instant now) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put(":session/key", fresh);
    facts.put(":session/account", account);
    facts.put(":session/device", device);
    facts.put(":session/until", now.plus(MAX_AGE));
    var forms = new ArrayList<Object>(List.of(facts));
    forms.addAll(end(db, old));
    forms.addAll(end(of(db, account).stream().skip(OF_AN_ACCOUNT_MAX - 1).toList()));
    return forms;
  }

  /// Ends the session under a cookie, if there is one.
  public static List<Object> end(Db db, String key) {
    return entity(db, key).isEmpty()
        ? List.of()
        : List.of(List.of(":db/retractEntity", session(key)));
  }

  /// Holds only while the session is open: a transaction with this form is refused after its end,
  /// on whichever node that was.
  public static List<Object> guard(String key, Account account) {
    return List.of(":db/cas", session(key), ":session/account", account.entity(), account.entity());
  }

  /// Holds only while the account writes as that creator.
  public static List<Object> writerGuard(Account account) {
    List<Object> creator = List.of(":creator/handle", account.handle());
    return List.of(":db/cas", account.entity(), ":account/creator", creator, creator);
  }

  /// Ends sessions.
  public static List<Object> end(List<Session> sessions) {
    return List.copyOf(
        sessions.stream().map(session -> List.of(":db/retractEntity", session.entity())).toList());
  }

  /// The forms that retract what is over: at most so many, the oldest first.
  static List<Object> sweep(Db db, Instant now, int max) {
    var forms = new ArrayList<Object>();
    for (Datom datom : db.indexRange(":session/until", null, now)) {
      if (forms.size() == max) {
        break;
      }
      forms.add(List.of(":db/retractEntity", datom.e()));
    }
    return forms;
  }
}
