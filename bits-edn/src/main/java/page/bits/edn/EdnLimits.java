/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

/// What a reader of EDN accepts at most, so that hostile text costs no more than its length.
///
/// - `depth`: collections, tags and discards inside each other, 1 to 500;
/// - `formChars`: chars of one top-level form;
/// - `tokenChars`: chars of one string, symbol, keyword or number;
/// - `numberDigits`: digits of one number;
/// - `numberScale`: the largest scale, of either sign, of one `M` number; beyond it a few chars
///   would make arithmetic fill the memory;
/// - `collectionSize`: elements of one list, vector or set, entries of one map.
///
/// Every breach has its own error code.
public record EdnLimits(
    int depth,
    long formChars,
    int tokenChars,
    int numberDigits,
    int numberScale,
    int collectionSize) {
  /// The deepest nesting that can be allowed, and that is printed and ordered: these recurse, as do
  /// `equals` and `hashCode`, and half of the usual stack of 1 MB must be enough.
  static final int DEPTH_MAX = 500;

  /// Depth 128, form 64 Mi chars, token 1 Mi chars, number 1,000 digits and scale 10,000,
  /// collection 1,000,000 elements.
  public static final EdnLimits DEFAULT =
      new EdnLimits(128, 64L << 20, 1 << 20, 1_000, 10_000, 1_000_000);

  public EdnLimits {
    if (depth < 1
        || depth > DEPTH_MAX
        || formChars < 1
        || tokenChars < 1
        || numberDigits < 1
        || numberScale < 0
        || collectionSize < 0) {
      throw EdnErrors.badLimits(depth);
    }
  }
}
