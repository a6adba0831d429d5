/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.test;

import java.util.ArrayList;
import java.util.List;
import page.bits.live.Site;
import page.bits.live.http.LiveRequest;
import page.bits.live.http.LiveResponse;
import page.bits.live.http.LiveServer;

/// A site under test, served by one node or several, in this process. Thread-safe. Closing it ends
/// its nodes, not their connections.
public final class TestSite implements AutoCloseable {
  private final List<LiveServer> nodes;

  private TestSite(List<LiveServer> nodes) {
    this.nodes = nodes;
  }

  /// A node for each of these sites: the same site, each on a connection of its own.
  public static TestSite of(Site... sites) {
    var nodes = new ArrayList<LiveServer>();
    for (Site site : sites) {
      nodes.add(LiveServer.of(site));
    }
    return new TestSite(List.copyOf(nodes));
  }

  /// A browser without cookies, at the first node.
  public Visitor visitor() {
    return visitor(0);
  }

  /// A browser without cookies, at that node.
  public Visitor visitor(int node) {
    return new Visitor(this, node);
  }

  public int nodeCount() {
    return nodes.size();
  }

  /// Lets a node send its streams elsewhere, as SIGTERM does.
  public void drain(int node) {
    nodes.get(node).drain();
  }

  /// The value of a counter of a node, as `/-/metrics` prints it; 0 when it never counted.
  public double metric(int node, String nameAndLabels) {
    return visitor(node)
        .get("/-/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(nameAndLabels + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(nameAndLabels.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  LiveResponse handle(int node, LiveRequest request) {
    return nodes.get(node).handle(request);
  }

  @Override
  public void close() {
    nodes.forEach(LiveServer::close);
  }
}
