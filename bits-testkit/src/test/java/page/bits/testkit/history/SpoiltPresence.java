/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.ArrayList;
import java.util.List;
import page.bits.testkit.history.LoggedTx.Said;

/// Histories of databases that are wrong about sessions, made of a sound one. Stateless.
final class SpoiltPresence {
  private static final long NOBODYS_ENTITY = 17_592_186_999_999L;

  private SpoiltPresence() {}

  static Cluster.History of(Bug bug, Cluster.History history) {
    return switch (bug) {
      case LAPSED_SESSION_GOES_ON -> history.withLog(goesOn(history.log()));
      case SURVIVES_ITS_SESSION ->
          history.withLog(SpoiltSections.of(history.log(), SpoiltPresence::withoutRetractions));
      case DURABLE_OUTSIDE_THE_CHAIN ->
          history.withLog(SpoiltSections.of(history.log(), SpoiltPresence::withDurable));
      case SESSION_OF_THE_DEAD_STAYS -> history.withProcesses(withoutOne(history.processes()));
      default -> history;
    };
  }

  private static boolean isEnd(Said datom) {
    return datom.a() == Presence.SESSION_OPEN && !datom.added();
  }

  /// After the first session has ended, each transaction with ephemeral facts says one more on it.
  private static List<LogSource.RawEntry> goesOn(List<LogSource.RawEntry> log) {
    LoggedTx end =
        log.stream()
            .flatMap(raw -> EntryReader.read(raw.bytes()).txs().stream())
            .filter(tx -> tx.durable().stream().anyMatch(SpoiltPresence::isEnd))
            .findFirst()
            .orElseThrow();
    long session =
        end.durable().stream().filter(SpoiltPresence::isEnd).findFirst().orElseThrow().e();
    return SpoiltSections.of(
        log,
        tx ->
            tx.t() <= end.t()
                ? tx.ephemeral()
                : more(tx, new Said(NOBODYS_ENTITY + tx.t(), Presence.SESSION, session, true)));
  }

  private static List<Said> more(LoggedTx tx, Said datom) {
    if (tx.ephemeral().isEmpty()) {
      return tx.ephemeral();
    }
    var more = new ArrayList<>(tx.ephemeral());
    more.add(datom);
    return more;
  }

  /// What the transaction says of itself for good lies in the section too.
  private static List<Said> withDurable(LoggedTx tx) {
    return tx.durable().stream()
        .filter(datom -> datom.v() instanceof Long)
        .findFirst()
        .map(datom -> more(tx, datom))
        .orElse(tx.ephemeral());
  }

  private static List<Said> withoutRetractions(LoggedTx tx) {
    return tx.durable().stream().anyMatch(SpoiltPresence::isEnd) ? List.of() : tx.ephemeral();
  }

  /// As if the processes of the first worker had been killed at the end.
  private static List<HistoryReader.Process> withoutOne(List<HistoryReader.Process> processes) {
    return processes.stream()
        .map(
            process ->
                new HistoryReader.Process(
                    process.operations().stream()
                        .filter(
                            operation ->
                                !(operation.request() instanceof Request.Alive
                                    && operation.client().startsWith("0.")))
                        .toList(),
                    process.isEnded()))
        .toList();
  }
}
