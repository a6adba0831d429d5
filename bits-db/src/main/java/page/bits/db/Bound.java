/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A cut between two datoms in the order of one index.
///
/// A bound names the first `count` components in the order of its index (0 to 4) and lies before or
/// after all datoms that begin with them. Immutable; ordered only against datoms and bounds of the
/// same index.
public final class Bound {
  private final Index index;
  private final int count;
  private final long e;
  private final long a;
  private final @Nullable Object v;
  private final long tx;
  private final boolean after;

  private Bound(
      Index index, int count, long e, long a, @Nullable Object v, long tx, boolean after) {
    this.index = index;
    this.count = count;
    this.e = e;
    this.a = a;
    this.v = v;
    this.tx = tx;
    this.after = after;
  }

  /// The cut before everything in the index.
  public static Bound first(Index index) {
    return new Bound(index, 0, 0, 0, null, 0, /* after= */ false);
  }

  /// The cut after everything in the index.
  public static Bound last(Index index) {
    return new Bound(index, 0, 0, 0, null, 0, /* after= */ true);
  }

  /// The cut before all datoms whose first `count` components in the index's order are those given
  /// here; components beyond `count` are ignored.
  public static Bound before(Index index, int count, long e, long a, @Nullable Object v, long tx) {
    return new Bound(index, count, e, a, v, tx, /* after= */ false);
  }

  /// The cut after all those datoms.
  public static Bound after(Index index, int count, long e, long a, @Nullable Object v, long tx) {
    return new Bound(index, count, e, a, v, tx, /* after= */ true);
  }

  public Index index() {
    return index;
  }

  /// How many leading components are named, 0 to 4.
  public int count() {
    return count;
  }

  /// The entity; meaningful only where the count reaches it in the index's order.
  public long e() {
    return e;
  }

  /// The attribute; meaningful only where the count reaches it.
  public long a() {
    return a;
  }

  /// The value; present only where it was given.
  public Optional<Object> v() {
    return Optional.ofNullable(v);
  }

  /// Negative when the datom lies before this cut, else positive; never zero.
  public int compareDatom(Datom datom) {
    int order =
        DatomOrder.compare(index, count, datom.e(), datom.a(), datom.v(), datom.tx(), e, a, v, tx);
    return order != 0 ? order : after ? -1 : 1;
  }

  /// Orders two cuts of one index.
  public int compareBound(Bound other) {
    int shared = Math.min(count, other.count);
    int order =
        shared == 0
            ? 0
            : DatomOrder.compare(index, shared, e, a, v, tx, other.e, other.a, other.v, other.tx);
    if (order != 0) {
      return order;
    }
    if (count == other.count) {
      return Boolean.compare(after, other.after);
    }
    return count < other.count ? (after ? 1 : -1) : (other.after ? -1 : 1);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bound b && index == b.index && count == b.count && compareBound(b) == 0;
  }

  @Override
  public int hashCode() {
    boolean isValueNamed = count >= (index == Index.VAET ? 1 : index == Index.AVET ? 2 : 3);
    return Objects.hash(index, count, after, isValueNamed ? v : null);
  }

  @Override
  public String toString() {
    return (after ? "after " : "before ")
        + index
        + " "
        + count
        + " of ["
        + e
        + " "
        + a
        + " "
        + v
        + " "
        + tx
        + "]";
  }
}
