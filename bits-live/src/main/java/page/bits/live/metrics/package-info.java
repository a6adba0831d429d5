/// The counters of a node, printed as Prometheus text.
@NullMarked
package page.bits.live.metrics;

import org.jspecify.annotations.NullMarked;
