package page.bits.db.internal.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import page.bits.edn.Keyword;

/// The known names that a misspelt one may have meant. Stateless.
public final class NearNames {
  private static final int COUNT_MAX = 3;

  private NearNames() {}

  private record Candidate(Keyword name, int distance) {}

  /// At most three known names, nearest first: those within a third of the name's length in edits,
  /// and those with the same name in another namespace.
  public static List<Keyword> of(Keyword wanted, Collection<Keyword> known) {
    String text = wanted.toString();
    int farthest = Math.max(2, text.length() / 3);
    var candidates = new ArrayList<Candidate>();
    for (Keyword name : known) {
      int distance = distance(text, name.toString());
      if (distance <= farthest || name.name().equals(wanted.name())) {
        candidates.add(new Candidate(name, distance));
      }
    }
    candidates.sort(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name));
    return candidates.stream().limit(COUNT_MAX).map(Candidate::name).toList();
  }

  /// The number of characters to insert, delete, replace or swap with their neighbour that turns
  /// one text into the other.
  static int distance(String x, String y) {
    int[] beforeLast = new int[y.length() + 1];
    int[] last = new int[y.length() + 1];
    for (int j = 0; j <= y.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= x.length(); i++) {
      int[] row = new int[y.length() + 1];
      row[0] = i;
      for (int j = 1; j <= y.length(); j++) {
        boolean same = x.charAt(i - 1) == y.charAt(j - 1);
        row[j] = Math.min(last[j - 1] + (same ? 0 : 1), Math.min(last[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && isSwap(x, y, i, j)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[y.length()];
  }

  private static boolean isSwap(String x, String y, int i, int j) {
    return x.charAt(i - 1) == y.charAt(j - 2) && x.charAt(i - 2) == y.charAt(j - 1);
  }
}
