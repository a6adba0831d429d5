/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import page.bits.db.PeerStatus;
import page.bits.db.Status;
import page.bits.db.UnresolvedAppend;
import page.bits.db.spi.BitsUri;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `bits status`: the head of the log, the processes, the appends in doubt, and the storage's
/// settings.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Prints the head of the log, the lag behind it, and the storage's settings.")
final class StatusCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final DatabaseOption database;

  StatusCommand(Console console) {
    this.console = console;
    this.database = new DatabaseOption(console);
  }

  @Override
  public Integer call() {
    try (var connection = database.connectToRead()) {
      connection.sync();
      console.print(lines(connection.status()));
      return Failures.DONE;
    }
  }

  private static Map<String, @Nullable Object> map(Status status) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("uri", BitsUri.redact(status.uri()));
    map.put("database-id", status.databaseId());
    map.put("head-position", status.headPosition());
    map.put("head-t", status.headT());
    map.put("applied-position", status.appliedPosition());
    map.put("applied-t", status.appliedT());
    map.put("lag", status.lag());
    map.put("chain-digest", status.chainDigest());
    map.put("format-level", status.formatLevel());
    map.put("turn", keyed(status.turn()));
    map.put("unresolved", unresolved(status));
    map.put("peers", status.peers().stream().map(peer -> peer(peer, status)).toList());
    map.put("storage", keyed(status.storage()));
    return map;
  }

  /// The appends to this database of which its processes, when they last gave a sign of life, did
  /// not know the outcome. This process appends nothing.
  private static List<Object> unresolved(Status status) {
    var all = new ArrayList<Object>();
    for (PeerStatus peer : status.peers()) {
      UnresolvedAppend append = peer.unresolved().get(status.databaseId());
      if (append != null) {
        all.add(unresolved(peer.process(), append));
      }
    }
    return all;
  }

  private static Map<Object, @Nullable Object> unresolved(String process, UnresolvedAppend append) {
    var map = new LinkedHashMap<Object, @Nullable Object>();
    map.put(Keyword.of("process"), process);
    map.put(Keyword.of("position"), append.position());
    map.put(Keyword.of("since"), append.since());
    map.put(Keyword.of("submissions"), append.submissions());
    return map;
  }

  private static Map<Object, @Nullable Object> peer(PeerStatus peer, Status status) {
    var map = new LinkedHashMap<Object, @Nullable Object>();
    map.put(Keyword.of("process"), peer.process());
    map.put(Keyword.of("host"), peer.host());
    map.put(Keyword.of("pid"), peer.pid());
    map.put(Keyword.of("build"), peer.build());
    map.put(Keyword.of("format-level"), (long) peer.formatLevel());
    map.put(Keyword.of("role"), peer.role());
    map.put(Keyword.of("beat-age-ms"), peer.sinceBeat().toMillis());
    Long position = peer.positions().get(status.databaseId());
    if (position != null) {
      map.put(Keyword.of("lag"), Math.max(0, status.headPosition() - position));
    }
    return map;
  }

  private static Map<Object, @Nullable Object> keyed(Map<String, String> texts) {
    var keyed = new LinkedHashMap<Object, @Nullable Object>();
    texts.forEach((key, value) -> keyed.put(Keyword.of(key), value));
    return keyed;
  }

  /// One map, one key on a line.
  static String lines(Status status) {
    return map(status).entrySet().stream()
        .map(entry -> ":" + entry.getKey() + " " + Edn.print(entry.getValue()))
        .collect(Collectors.joining("\n ", "{", "}"));
  }
}
