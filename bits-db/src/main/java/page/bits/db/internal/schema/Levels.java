/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.schema;

/// The format levels: what a build has to know to read a database's log.
public final class Levels {
  /// The level of the first databases.
  public static final int FIRST = 1;

  /// From here on there are sessions and ephemeral attributes, and records with a section for them.
  public static final int EPHEMERAL = 2;

  /// From here on large entries lie in parts.
  public static final int PARTS = 2;

  /// From here on a record may be excised.
  public static final int EXCISION = 2;

  /// The highest level that this build reads, at which new databases are born.
  public static final int NEWEST = EPHEMERAL;

  private Levels() {}
}
