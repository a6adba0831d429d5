/// The pages of the application: fragments, guards and actions, one class for each page.
///
/// [page.bits.app.site.AppSite] lists them all. What a page shows to everybody is a shared
/// fragment; what depends on who looks is scoped by as little as will do: a feed by the handle of
/// the viewer's own creator (none for most), a like by the account. Every action checks the rights
/// of its sender in the database value, and once more in the transaction itself
/// ([page.bits.app.site.SignedIn]).
@NullMarked
package page.bits.app.site;

import org.jspecify.annotations.NullMarked;
