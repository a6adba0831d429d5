/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What people wrote about a row that no test proves, or that is meant to differ: a line `| A-50,
/// A-51 | why |` under the heading of its state.
record Note(String row, State state, String reason) {
  private static final Pattern LINE =
      Pattern.compile("\\| ((?:[A-Z]+-\\d+)(?:, [A-Z]+-\\d+)*) \\| (.+) \\|");
  private static final Pattern ID = Pattern.compile("[A-Z]+-\\d+");

  /// The headings of the notes, in the order in which they are counted.
  enum State {
    DIFFERENT("Different"),
    DOES_NOT_APPLY("Does not apply"),
    LATER("Later"),
    OPEN("Open");

    private final String heading;

    State(String heading) {
      this.heading = heading;
    }

    String label() {
      return heading.toLowerCase(Locale.ROOT);
    }

    private static Optional<State> of(String line) {
      return Stream.of(values()).filter(state -> line.equals("## " + state.heading)).findFirst();
    }
  }

  static List<Note> read(Path file) throws IOException {
    var notes = new ArrayList<Note>();
    var state = State.OPEN;
    for (String line : Files.readAllLines(file)) {
      state = State.of(line).orElse(state);
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        for (var id : ID.matcher(matcher.group(1)).results().toList()) {
          notes.add(new Note(id.group(), state, matcher.group(2)));
        }
      }
    }
    return notes;
  }
}
