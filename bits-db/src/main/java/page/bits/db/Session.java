/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/// The session of a peer in its database: what its ephemeral facts stand on. Thread-safe.
///
/// It ends when the last connection of the peer is closed, or when the others have seen no sign of
/// life of this process for some seconds. In the second case a process that lives on after all
/// opens another one by itself.
///
/// Facts that are to be there for as long as this process says so are best held: see [#hold(Map)].
/// Forms of one's own name the session by [#ref()]; they are refused with
/// `:bits.error/session-ended` when it was ended meanwhile, and are then said again by whoever made
/// them, after [#onReplaced(Consumer)].
public interface Session {
  /// The id of the session that is open now, as far as this peer knows.
  UUID id();

  /// A lookup ref to it, for `:bits/session` in forms.
  List<Object> ref();

  /// Puts a new entity with these ephemeral facts into the database and keeps it there until it is
  /// closed. `facts` has attributes as keys (keywords or strings that begin with a colon) and what
  /// a map form of a transaction can have as values; a `Set` is many values. Returns at once: what
  /// all holders of a peer change goes out in one transaction, at most every 50 ms. Throws
  /// `:bits.error/ephemeral-attribute` for another attribute.
  Held hold(Map<?, ?> facts);

  /// Calls back with the new id each time the session was ended by others and another one was
  /// opened in its place, on a thread of its own. What is held is asserted again by then.
  void onReplaced(Consumer<UUID> callback);
}
