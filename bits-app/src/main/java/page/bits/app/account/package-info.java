/// Accounts, sessions, and the limit on attempts to sign in: all of it facts, the same on every
/// node.
///
/// [page.bits.app.account.Accounts] and [page.bits.app.account.Sessions] read and make forms;
/// [page.bits.app.account.Attempts] decides whether a sign-in may be tried;
/// [page.bits.app.account.Passwords] hashes. What is a secret is stored as a hash only, and on
/// entities of its own, so that it can be taken out of the history.
@NullMarked
package page.bits.app.account;

import org.jspecify.annotations.NullMarked;
