/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a client asks of a peer, as one line of text.
///
/// Workloads: lists to which unique items are appended; registers that are overwritten; cells that
/// are compared and set at a value that was read earlier, perhaps on a peer that lags; transfers
/// between accounts by a transaction function; badges of which each has one holder; seats with
/// ephemeral facts, on the session of whoever sits there. Every one of them but the first two may
/// be refused, which has to be true. Beside them each client holds ephemeral facts of its own.
public sealed interface Request {
  /// A transaction; what it ought to change is in [Replay].
  sealed interface Write extends Request {}

  record Append(int list, long item) implements Write {}

  record Put(int register, long value) implements Write {}

  record Cas(int cell, long expected, long value) implements Write {}

  record Transfer(int from, int to, long amount) implements Write {}

  record Claim(int owner, long badge) implements Write {}

  record Release(int owner, long badge) implements Write {}

  /// An ephemeral value of a seat, on that session.
  record Sit(int seat, UUID session, long value) implements Write {}

  /// Nothing ephemeral of the seat any more.
  record Rise(int seat) implements Write {}

  /// The end of a session, mostly somebody else's.
  record End(UUID session) implements Write {}

  /// Holds a mark on the client's own entity, and waits until it is there. Answered by the entity.
  record Hold(long mark) implements Request {}

  /// What a process says after the faults and after its clients: its session, and what it holds.
  record Alive(UUID session, List<Long> marks) implements Request {
    public Alive {
      marks = List.copyOf(marks);
    }
  }

  /// The state of a thing: in the newest value of the peer, after a sync, or as of a t.
  record Read(Thing thing, Mode mode, long asOf) implements Request {}

  /// What became of the submission of that id, which was made under `tag`.
  record Ask(UUID id, long tag) implements Request {}

  /// How a value to read is had.
  enum Mode {
    LOCAL,
    SYNC,
    AS_OF
  }

  /// The word by which results are counted.
  default String word() {
    return switch (this) {
      case Append _ -> "append";
      case Put _ -> "write";
      case Cas _ -> "cas";
      case Transfer _ -> "transfer";
      case Claim _ -> "claim";
      case Release _ -> "release";
      case Sit _ -> "sit";
      case Rise _ -> "rise";
      case End _ -> "end-session";
      case Hold _ -> "hold";
      case Alive _ -> "alive";
      case Read(Thing _, Mode mode, long _) ->
          switch (mode) {
            case LOCAL -> "read";
            case SYNC -> "sync-read";
            case AS_OF -> "as-of-read";
          };
      case Ask _ -> "outcome";
    };
  }

  /// The request as words, which [#parse] reads.
  default String text() {
    return switch (this) {
      case Append(int list, long item) -> "append " + list + " " + item;
      case Put(int register, long value) -> "write " + register + " " + value;
      case Cas(int cell, long expected, long value) -> "cas " + cell + " " + expected + " " + value;
      case Transfer(int from, int to, long amount) -> "transfer " + from + " " + to + " " + amount;
      case Claim(int owner, long badge) -> "claim " + owner + " " + badge;
      case Release(int owner, long badge) -> "release " + owner + " " + badge;
      case Sit(int seat, UUID session, long value) -> "sit " + seat + " " + session + " " + value;
      case Rise(int seat) -> "rise " + seat;
      case End(UUID session) -> "end-session " + session;
      case Hold(long mark) -> "hold " + mark;
      case Alive(UUID session, List<Long> marks) ->
          marks.stream().map(mark -> " " + mark).collect(joining("", "alive " + session, ""));
      case Read(Thing thing, Mode _, long asOf) -> word() + " " + thing + " " + asOf;
      case Ask(UUID id, long tag) -> "outcome " + id + " " + tag;
    };
  }

  /// Reads words; empty when they are not a request.
  static Optional<Request> parse(List<String> words) {
    try {
      return Optional.of(read(words));
    } catch (IllegalArgumentException | IndexOutOfBoundsException _) { // a line that was torn
      return Optional.empty();
    }
  }

  private static Request read(List<String> words) {
    return switch (words.getFirst()) {
      case "append" -> new Append(number(words, 1), value(words, 2));
      case "write" -> new Put(number(words, 1), value(words, 2));
      case "cas" -> new Cas(number(words, 1), value(words, 2), value(words, 3));
      case "transfer" -> new Transfer(number(words, 1), number(words, 2), value(words, 3));
      case "claim" -> new Claim(number(words, 1), value(words, 2));
      case "release" -> new Release(number(words, 1), value(words, 2));
      case "sit" -> new Sit(number(words, 1), UUID.fromString(words.get(2)), value(words, 3));
      case "rise" -> new Rise(number(words, 1));
      case "end-session" -> new End(UUID.fromString(words.get(1)));
      case "hold" -> new Hold(value(words, 1));
      case "alive" ->
          new Alive(
              UUID.fromString(words.get(1)),
              words.subList(2, words.size()).stream().map(Long::parseLong).toList());
      case "read" -> new Read(thing(words), Mode.LOCAL, value(words, 3));
      case "sync-read" -> new Read(thing(words), Mode.SYNC, value(words, 3));
      case "as-of-read" -> new Read(thing(words), Mode.AS_OF, value(words, 3));
      case "outcome" -> new Ask(UUID.fromString(words.get(1)), value(words, 2));
      default -> throw new IllegalArgumentException(words.getFirst());
    };
  }

  private static Thing thing(List<String> words) {
    return new Thing(Thing.Kind.of(words.get(1)), number(words, 2));
  }

  private static int number(List<String> words, int at) {
    return Integer.parseInt(words.get(at));
  }

  private static long value(List<String> words, int at) {
    return Long.parseLong(words.get(at));
  }
}
