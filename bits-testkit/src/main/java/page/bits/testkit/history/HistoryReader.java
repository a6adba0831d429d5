/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads what [HistoryWriter] wrote. A torn last line is not there.
public final class HistoryReader {
  private static final int ASKED_WORDS = 7;
  private static final int ANSWERED_WORDS = 4;

  /// The operations of one process in the order in which they were asked, and whether it ended by
  /// itself.
  public record Process(List<Operation> operations, boolean isEnded) {
    public Process {
      operations = List.copyOf(operations);
    }
  }

  private record Key(String client, long number) {}

  private final Map<Key, Integer> open = new HashMap<>();
  private final List<Operation> operations = new ArrayList<>();
  private boolean isEnded;

  private HistoryReader() {}

  public static Process read(Path path) {
    var reader = new HistoryReader();
    WholeLines.of(path).forEach(line -> reader.line(List.of(line.split(" ", -1))));
    return new Process(reader.operations, reader.isEnded);
  }

  private void line(List<String> words) {
    try {
      switch (words.getFirst()) {
        case ">" -> asked(words);
        case "<" -> answered(words);
        case "." -> isEnded = true;
        default -> throw new IllegalArgumentException(words.toString());
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a history has another line: " + words, e);
    }
  }

  private void asked(List<String> words) {
    Request request =
        Request.parse(words.subList(ASKED_WORDS, words.size()))
            .orElseThrow(() -> new IllegalArgumentException("torn"));
    String client = words.get(1).intern();
    long number = Long.parseLong(words.get(2));
    open.put(new Key(client, number), operations.size());
    operations.add(
        new Operation(
            client,
            number,
            request,
            Long.parseLong(words.get(4)),
            id(words.get(5)),
            Long.parseLong(words.get(3)),
            Long.parseLong(words.get(6)),
            Long.MAX_VALUE,
            null));
  }

  private static @Nullable UUID id(String word) {
    return word.equals("-") ? null : UUID.fromString(word);
  }

  private void answered(List<String> words) {
    Answer answer =
        Answer.parse(words.subList(ANSWERED_WORDS, words.size()))
            .orElseThrow(() -> new IllegalArgumentException("torn"));
    Integer index = open.remove(new Key(words.get(1), Long.parseLong(words.get(2))));
    if (index != null) {
      Operation o = operations.get(index);
      operations.set(
          index,
          new Operation(
              o.client(),
              o.number(),
              o.request(),
              o.tag(),
              o.id(),
              o.askedNanos(),
              o.basisBefore(),
              Long.parseLong(words.get(3)),
              answer));
    }
  }
}
