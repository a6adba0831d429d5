/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import page.bits.db.DbError;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// The sentences of refusals about sessions, ephemeral attributes and the format level they need.
final class SessionErrors {
  private SessionErrors() {}

  static BitsException ended(int form, long session) {
    return new BitsException(
        DbError.SESSION_ENDED,
        "The session is not open",
        Refusals.at(form)
            .and("session", session)
            .and("remedy", "open a new session and assert again what is still so"));
  }

  static BitsException notNamed(Claim claim) {
    return new BitsException(
        DbError.NO_SESSION,
        "Ephemeral facts stand only on an entity that names an open session",
        Refusals.at(claim.form())
            .and("entity", claim.e())
            .and("attribute", claim.a().ident())
            .and("remedy", "say :bits/session of the entity too, or retract all ephemeral facts"));
  }

  static BitsException stillNamed(int form, long session, long e) {
    return new BitsException(
        DbError.NO_SESSION,
        "A session ends with all that stands on it",
        Refusals.at(form)
            .and("session", session)
            .and("entity", e)
            .and("remedy", "end it with :bits/end-session"));
  }

  static BitsException incomplete(int form, long session) {
    return new BitsException(
        DbError.NO_SESSION,
        "A session is opened with an id and a peer",
        Refusals.at(form)
            .and("session", session)
            .and("remedy", "say :bits.session/id, :bits.session/peer and :bits.session/open true"));
  }

  static BitsException ephemeralAttribute(int form, Keyword attribute, String reason) {
    return new BitsException(
        DbError.EPHEMERAL_ATTRIBUTE,
        "An ephemeral attribute is not unique, no component and no part of a tuple, for good",
        Refusals.at(form).and("attribute", attribute).and("reason", Keyword.of(reason)));
  }

  static BitsException levelTooLow(int form, long level, long needed) {
    return new BitsException(
        DbError.FORMAT_LEVEL,
        "The format level of the database is too low for this",
        Refusals.at(form)
            .and("level", level)
            .and("needed", needed)
            .and("remedy", "[:db/add :bits/database :bits/format " + needed + "]"));
  }

  static BitsException notALevel(int form, long level, Object found, long levelMax) {
    return new BitsException(
        DbError.FORMAT_LEVEL,
        "The format level of a database rises, up to what this build reads",
        Refusals.at(form).and("level", level).and("found", found).and("level-max", levelMax));
  }
}
