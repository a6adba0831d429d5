/// EDN: its values as Java objects, their reader, printer and total order.
///
/// Schema, transactions, queries and what the command line prints are EDN text, so that what was
/// written for Datomic runs here. nil is `null`; integers are `Long` or [java.math.BigInteger],
/// floats `Double` or [java.math.BigDecimal]; a character is a `Character`; `#inst` is
/// [java.time.Instant], `#uuid` [java.util.UUID], `#uri` [java.net.URI], another tagged element a
/// [page.bits.edn.Tagged]; a vector is an unmodifiable [java.util.List], a list in parentheses an
/// [page.bits.edn.EdnList]; maps and sets are unmodifiable and keep the order in which they were
/// written. There is no element for bytes yet.
///
/// Equality is `equals`, and means what the format says: `1`, `1N` and `1.0` differ, as do `1.0M`
/// and `1.00M`; a list equals a vector of equal elements; sets and maps are equal whatever their
/// order. Where the format is silent, a value is equal to itself: `##NaN` is one value, `-0.0` and
/// `0.0` are two. [page.bits.edn.Edn#order()] is a total order consistent with that.
///
/// Owns: text in, text out, the limits against hostile text, the codes `:edn.error/*`. Neighbours:
/// [page.bits.error] below, everything else above. Invariants: reading throws nothing but
/// [page.bits.error.BitsException]; what is printed reads back equal; both cost no more than the
/// text's length times its depth, times a logarithm where sets and maps are sorted.
///
/// Start reading at [page.bits.edn.Edn], then `EdnParser`. Source: the format's description at
/// github.com/edn-format/edn, and Clojure's reader where that is silent.
@NullMarked
package page.bits.edn;

import org.jspecify.annotations.NullMarked;
