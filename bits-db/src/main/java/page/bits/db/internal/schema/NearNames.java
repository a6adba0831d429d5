/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Which known names a misspelt one may have meant.
public final class NearNames {
  private static final int SHOWN_MAX = 3;

  private NearNames() {}

  /// Up to three of the known names, nearest first; empty when none is near.
  public static List<String> of(String name, Collection<String> known) {
    record Candidate(String name, int distance) {}
    int distanceMax = Math.max(1, bare(name).length() / 3);
    return known.stream()
        .map(candidate -> new Candidate(candidate, distance(bare(name), bare(candidate))))
        .filter(candidate -> candidate.distance <= distanceMax)
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(SHOWN_MAX)
        .map(Candidate::name)
        .toList();
  }

  private static String bare(String name) {
    return (name.startsWith(":") ? name.substring(1) : name).toLowerCase(Locale.ROOT);
  }

  /// How many letters have to be inserted, deleted, replaced or swapped with their neighbour.
  private static int distance(String x, String y) {
    int[][] cost = new int[x.length() + 1][y.length() + 1];
    for (int i = 0; i <= x.length(); i++) {
      for (int j = 0; j <= y.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, x, y, i, j);
      }
    }
    return cost[x.length()][y.length()];
  }

  private static int step(int[][] cost, String x, String y, int i, int j) {
    boolean same = x.charAt(i - 1) == y.charAt(j - 1);
    int best =
        Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && x.charAt(i - 1) == y.charAt(j - 2) && x.charAt(i - 2) == y.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
