/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.metrics;

import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// The counters of one node. Thread-safe; adding costs a few nanoseconds.
public final class LiveMetrics {
  private static final double[] BUCKETS = {
    0.00001, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1
  };

  private final ConcurrentSkipListMap<String, LongAdder> renders = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<String, LongAdder> failures = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<String, LongAdder> scopes = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<String, LongAdder> checks = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<String, LongAdder> matched = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<String, LongAdder> encodes = new ConcurrentSkipListMap<>();
  private final LongAdder frames = new LongAdder();
  private final LongAdder framesSkipped = new LongAdder();
  private final LongAdder streams = new LongAdder();
  private final LongAdder matchCount = new LongAdder();
  private final LongAdder matchNanos = new LongAdder();
  private final LongAdder[] matchBuckets = new LongAdder[BUCKETS.length];

  public LiveMetrics() {
    for (int i = 0; i < matchBuckets.length; i++) {
      matchBuckets[i] = new LongAdder();
    }
  }

  public void rendered(String fragment) {
    add(renders, fragment);
  }

  /// A scope was computed for one viewer.
  public void scoped(String fragment) {
    add(scopes, fragment);
  }

  /// A guard was asked about one viewer of a page.
  public void checked(String page) {
    add(checks, page);
  }

  public void failed(String fragment) {
    add(failures, fragment);
  }

  public void matched(String fragment) {
    add(matched, fragment);
  }

  public void encoded(String kind) {
    add(encodes, kind);
  }

  public void frameSent() {
    frames.increment();
  }

  public void framesSkipped(long count) {
    framesSkipped.add(count);
  }

  public void streamOpened() {
    streams.increment();
  }

  public void streamClosed() {
    streams.decrement();
  }

  /// The streams that are open now.
  public long streamsOpen() {
    return streams.sum();
  }

  public void match(long nanos) {
    matchCount.increment();
    matchNanos.add(nanos);
    for (int i = 0; i < BUCKETS.length; i++) {
      if (nanos <= BUCKETS[i] * 1e9) {
        matchBuckets[i].increment();
      }
    }
  }

  private static void add(ConcurrentSkipListMap<String, LongAdder> counters, String label) {
    counters.computeIfAbsent(label, _ -> new LongAdder()).increment();
  }

  /// All of them, in the Prometheus text format.
  public String text() {
    var out = new StringBuilder(2000);
    labelled(out, "bits_fragment_renders_total", "fragment", renders);
    labelled(out, "bits_fragment_failures_total", "fragment", failures);
    labelled(out, "bits_fragment_scopes_total", "fragment", scopes);
    labelled(out, "bits_guard_checks_total", "page", checks);
    labelled(out, "bits_fragment_matched_total", "fragment", matched);
    labelled(out, "bits_encodes_total", "kind", encodes);
    plain(out, "bits_frames_total", "counter", frames.sum());
    plain(out, "bits_frames_skipped_total", "counter", framesSkipped.sum());
    plain(out, "bits_streams_open", "gauge", streams.sum());
    histogram(out);
    return out.toString();
  }

  private static void labelled(
      StringBuilder out, String name, String label, ConcurrentSkipListMap<String, LongAdder> of) {
    out.append("# TYPE ").append(name).append(" counter\n");
    of.forEach(
        (value, count) ->
            out.append(name)
                .append('{')
                .append(label)
                .append("=\"")
                .append(value)
                .append("\"} ")
                .append(count.sum())
                .append('\n'));
  }

  private static void plain(StringBuilder out, String name, String type, long value) {
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    out.append(name).append(' ').append(value).append('\n');
  }

  private void histogram(StringBuilder out) {
    out.append("# TYPE bits_match_seconds histogram\n");
    for (int i = 0; i < BUCKETS.length; i++) {
      out.append("bits_match_seconds_bucket{le=\"")
          .append(BUCKETS[i])
          .append("\"} ")
          .append(matchBuckets[i].sum())
          .append('\n');
    }
    long count = matchCount.sum();
    out.append("bits_match_seconds_bucket{le=\"+Inf\"} ").append(count).append('\n');
    out.append("bits_match_seconds_sum ").append(matchNanos.sum() / 1e9).append('\n');
    out.append("bits_match_seconds_count ").append(count).append('\n');
  }
}
