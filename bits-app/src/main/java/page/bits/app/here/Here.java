/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.here;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import page.bits.app.account.Account;
import page.bits.app.account.Sessions;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;

/// Who is at a creator's pages. Stateless.
///
/// Each node says it of its own visitors, so one visitor may be said to be there by several; one
/// account may be there with several browsers. People are counted, each once.
public final class Here {
  private Here() {}

  /// What is said of a visitor at a creator's pages; nothing where there is no such creator, or no
  /// ephemeral attributes, as the database is of an older format level.
  public static Map<String, Object> facts(Db db, String handle, String visitor) {
    OptionalLong creator = creator(db, handle);
    return creator.isEmpty()
        ? Map.of()
        : Map.of(":here/creator", creator.getAsLong(), ":here/visitor", visitor);
  }

  private static OptionalLong creator(Db db, String handle) {
    return db.entid(":here/creator").isEmpty()
        ? OptionalLong.empty()
        : db.entid(List.of(":creator/handle", handle));
  }

  /// How many people are at a creator's pages. Costs a few steps for each.
  public static int people(Db db, String handle) {
    OptionalLong creator = creator(db, handle);
    if (creator.isEmpty()) {
      return 0;
    }
    Set<Object> people = new HashSet<>();
    for (Datom here : db.datoms(Index.VAET, creator.getAsLong(), ":here/creator")) {
      for (Datom visitor : db.datoms(Index.EAVT, here.e(), ":here/visitor")) {
        people.add(person(db, (String) visitor.v()));
      }
    }
    return people.size();
  }

  private static Object person(Db db, String visitor) {
    Optional<Account> account = Sessions.account(db, visitor);
    return account.<Object>map(Account::entity).orElse(visitor);
  }
}
