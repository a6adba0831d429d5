/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.account;

/// Who is signed in: the account's entity and name, and the handle and name of the creator who
/// writes with it, both empty for an account that only reads.
public record Account(long entity, String name, String handle, String creatorName) {
  public boolean isCreator() {
    return !handle.isEmpty();
  }

  /// Whether posts of that creator are this account's.
  public boolean writesAs(String creatorHandle) {
    return isCreator() && handle.equals(creatorHandle);
  }

  /// How to call them.
  public String shownName() {
    return isCreator() ? creatorName : name;
  }

  /// Where they are at home.
  public String home() {
    return isCreator() ? "/c/" + handle : "/";
  }
}
