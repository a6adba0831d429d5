/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import page.bits.app.account.Account;
import page.bits.app.account.Sessions;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.error.BitsException;
import page.bits.live.Act;
import page.bits.live.Answer;
import page.bits.live.Viewer;

/// Actions of people who are signed in.
///
/// Rights are checked twice: in the database value that the action reads, to answer well, and in
/// the transaction, which names the session, the creator and the post in such a way that it is
/// refused when one of them is gone or has changed hands, on whichever node that happened.
final class SignedIn {
  static final String SIGN_IN = "/sign-in";

  /// What became of a transaction.
  enum Written {
    DONE,
    SIGNED_OUT,
    /// What it is about was changed or deleted meanwhile.
    CHANGED
  }

  private SignedIn() {}

  static Optional<Account> account(Db db, Viewer viewer) {
    return Sessions.account(db, viewer.id());
  }

  /// Runs the action for the account of its sender; others are asked to sign in.
  static Answer run(Act act, Function<Account, Answer> action) {
    return account(act.db(), act.viewer()).map(action).orElseGet(() -> Answer.redirect(SIGN_IN));
  }

  /// As [#run], for the creator with that handle alone; others are led to the creator's page.
  static Answer runAsWriter(Act act, String handle, Function<Account, Answer> action) {
    return run(
        act,
        account ->
            account.writesAs(handle) ? action.apply(account) : Answer.redirect("/c/" + handle));
  }

  /// Commits these forms, if the session is still open and the account still writes as its creator.
  static Written writeAsCreator(Act act, Account account, List<Object> forms) {
    var guarded = new ArrayList<Object>();
    guarded.add(Sessions.writerGuard(account));
    guarded.addAll(forms);
    return write(act, account, guarded);
  }

  /// Commits these forms, if the session is still open.
  static Written write(Act act, Account account, List<Object> forms) {
    var guarded = new ArrayList<Object>();
    guarded.add(Sessions.guard(act.viewer().id(), account));
    guarded.addAll(forms);
    try {
      act.transact(guarded);
      return Written.DONE;
    } catch (BitsException refused) {
      if (refused.is(DbError.TX_ID_REUSED)) {
        return Written
            .DONE; // this very submit was saved before, when the post had other neighbours
      }
      if (!refused.is(DbError.CAS_FAILED) && !refused.is(DbError.NOT_AN_ENTITY)) {
        throw refused;
      }
      boolean isOpen = account(act.db(), act.viewer()).isPresent();
      return isOpen ? Written.CHANGED : Written.SIGNED_OUT;
    }
  }
}
