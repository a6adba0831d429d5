/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import page.bits.app.feed.Creator;
import page.bits.app.feed.Feed;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.Pulled;

/// What is known of accounts. Stateless.
public final class Accounts {
  /// A sample account, whose password is no secret.
  public record Sample(String name, String password) {}

  private Accounts() {}

  /// A name as it is stored: names differ in more than case.
  static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /// The entity of the account with that name.
  public static OptionalLong named(Db db, String name) {
    return db.entid(List.of(":account/name", folded(name)));
  }

  /// The stored hash of an account's password; empty where there is none.
  public static String passwordHash(Db db, OptionalLong account) {
    return account.isEmpty()
        ? ""
        : db.pull("[:account/password]", account.getAsLong())
            .string(":account/password")
            .orElse("");
  }

  static Account account(Db db, long entity) {
    Pulled found = db.pull("[:account/name :account/creator]", entity);
    String name = found.string(":account/name").orElse("");
    Optional<Creator> creator =
        found
            .entity(":account/creator")
            .map(c -> Feed.creator(db, c.integer(":db/id").orElseThrow()));
    return new Account(
        entity,
        name,
        creator.map(Creator::handle).orElse(""),
        creator.map(Creator::name).orElse(""));
  }

  /// The sample accounts of this database, by name.
  public static List<Sample> samples(Db db) {
    var samples = new ArrayList<Sample>();
    for (Datom datom : db.datoms(Index.AEVT, ":account/demo-password")) {
      String name = db.pull("[:account/name]", datom.e()).string(":account/name").orElse("");
      samples.add(new Sample(name, (String) datom.v()));
    }
    samples.sort(java.util.Comparator.comparing(Sample::name));
    return samples;
  }
}
