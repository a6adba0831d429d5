/// EDN: its values as Java objects, their reader, printer and total order.
///
/// nil is `null`; integers are `Long` or [java.math.BigInteger], floats `Double` or
/// [java.math.BigDecimal]; `#inst` is [java.time.Instant], `#uuid` [java.util.UUID]; a vector is an
/// unmodifiable [java.util.List], a list in parentheses an [page.bits.edn.EdnList]; maps and sets
/// keep the order in which they were written. Start reading at [page.bits.edn.Edn].
@NullMarked
package page.bits.edn;

import org.jspecify.annotations.NullMarked;
