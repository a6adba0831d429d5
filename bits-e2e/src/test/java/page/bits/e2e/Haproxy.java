/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import page.bits.testkit.process.Children;

/// A load balancer before several nodes, as an operator would set it up: every request goes to the
/// next node, or a browser stays on the node that its cookie `NODE` names while that node lives.
public final class Haproxy implements AutoCloseable {
  /// The response header in which the balancer names the node that answered.
  public static final String ANSWERED_BY = "x-answered-by";

  private final Process process;
  private final int port;

  private Haproxy(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts it before nodes `n1`, `n2`, … that listen on these ports, with the cookie.
  public static Haproxy start(Path folder, List<Integer> nodePorts) {
    return start(folder, nodePorts, "cookie NODE insert indirect nocache");
  }

  /// Starts it before such nodes; each request goes to the next one.
  public static Haproxy roundRobin(Path folder, List<Integer> nodePorts) {
    return start(folder, nodePorts, "");
  }

  private static Haproxy start(Path folder, List<Integer> nodePorts, String cookie) {
    int port = Ports.free();
    Path file = folder.resolve("haproxy.cfg");
    try {
      Files.writeString(file, configuration(port, nodePorts, cookie));
      var process =
          new ProcessBuilder(Programs.haproxy().toString(), "-f", file.toString(), "-db")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("haproxy.log").toFile())
              .start();
      var haproxy = new Haproxy(Children.add(process), port);
      Http.awaitOk(haproxy.address() + "/-/health");
      return haproxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String configuration(int port, List<Integer> nodePorts, String cookie) {
    var text =
        new StringBuilder(
            """
            global
              maxconn 2000
            defaults
              mode http
              timeout connect 1s
              timeout client 60s
              timeout server 60s
              retries 3
              option redispatch 1
              option abortonclose
            frontend front
              bind 127.0.0.1:%d
              default_backend nodes
            backend nodes
              balance roundrobin
              %s
              option httpchk GET /-/health
              http-response set-header %s %%s
              retry-on conn-failure empty-response
              default-server check inter 300ms fall 1 rise 1 observe layer4 error-limit 1 on-error mark-down
            """
                .formatted(port, cookie, ANSWERED_BY));
    for (int i = 0; i < nodePorts.size(); i++) {
      String node = "n" + (i + 1);
      text.append(
          "  server %s 127.0.0.1:%d%s%n"
              .formatted(node, nodePorts.get(i), cookie.isEmpty() ? "" : " cookie " + node));
    }
    return text.toString();
  }

  public String address() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    assertThat(process.onExit().join().isAlive()).isFalse();
  }
}
