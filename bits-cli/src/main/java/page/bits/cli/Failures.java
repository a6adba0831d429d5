/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import page.bits.db.spi.BitsUri;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;
import page.bits.error.ErrorData;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns a failure into an exit code, a sentence, and one EDN map on standard error.
final class Failures {
  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int USAGE = 2;
  static final int UNAVAILABLE = 3;
  static final int INTERRUPTED = 130;

  private final Console console;

  Failures(Console console) {
    this.console = console;
  }

  /// What a verb threw.
  int execution(Exception failure, CommandLine command) {
    return switch (failure) {
      case UsageException usage -> usage(String.valueOf(usage.getMessage()), command);
      case PlacedException placed -> refused(placed.error(), placed.place());
      case BitsException refused -> refused(refused, ErrorData.none());
      default -> bug(failure);
    };
  }

  /// What picocli could not understand.
  int parameters(ParameterException thrown) {
    ParameterException failure = withoutValue(thrown);
    CommandLine command = failure.getCommandLine();
    var suggestions = new StringWriter();
    UnmatchedArgumentException.printSuggestions(failure, new PrintWriter(suggestions, true));
    String message = message(failure);
    String hint = suggestions.toString().strip();
    if (hint.isEmpty() && failure instanceof UnmatchedArgumentException) {
      hint = choices(command);
    }
    return usage(hint.isEmpty() ? message : message + "\n" + hint, command);
  }

  /// What there is to choose from, where nothing comes near to what was given.
  private static String choices(CommandLine command) {
    return command.getSubcommands().isEmpty()
        ? "Options: "
            + command.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .sorted()
                .collect(Collectors.joining(", "))
        : "Verbs: " + String.join(", ", command.getSubcommands().keySet());
  }

  /// Only the name of an unknown option is shown, and compared with the names there are.
  private static ParameterException withoutValue(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
      String option = unmatched.getUnmatched().getFirst();
      int equals = option.indexOf('=');
      if (equals > 0) {
        return new UnmatchedArgumentException(
            failure.getCommandLine(), List.of(option.substring(0, equals)));
      }
    }
    return failure;
  }

  private static String message(ParameterException failure) {
    return failure instanceof UnmatchedArgumentException unmatched
            && !unmatched.isUnknownOption()
            && failure.getCommandLine().getParent() == null
        ? "Unknown verb: '" + unmatched.getUnmatched().getFirst() + "'"
        : String.valueOf(failure.getMessage());
  }

  private int usage(String message, CommandLine command) {
    console.say(message);
    console.say("Usage: " + command.getCommandSpec().qualifiedName() + " --help");
    return USAGE;
  }

  private int refused(BitsException error, ErrorData place) {
    console.say(error.sentence());
    console.say(Edn.print(map(error, place)));
    return exitCode(error.category());
  }

  private int bug(Exception failure) {
    var trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    console.say("This is a bug in Bits; please report it with the following lines");
    console.say(trace.toString());
    return REFUSED;
  }

  private static Map<Object, @Nullable Object> map(BitsException error, ErrorData place) {
    var map = new LinkedHashMap<Object, @Nullable Object>();
    map.put(Keyword.of("db", "error"), Keyword.of(error.code()));
    map.put(Keyword.of("category"), Keyword.of(error.category().label()));
    map.put(Keyword.of("message"), error.sentence());
    error.data().forEach((key, value) -> map.putIfAbsent(Keyword.of(key), printable(value)));
    place.values().forEach((key, value) -> map.putIfAbsent(Keyword.of(key), printable(value)));
    return map;
  }

  /// The value as EDN can print it: what EDN does not know is shown as text.
  private static @Nullable Object printable(@Nullable Object value) {
    if (value instanceof String text) {
      return BitsUri.redact(text);
    }
    try {
      Edn.print(value);
      return value;
    } catch (BitsException _) { // an error is never lost for want of a printed form
      return String.valueOf(value);
    }
  }

  static int exitCode(ErrorCategory category) {
    return switch (category) {
      case INCORRECT, CONFLICT, NOT_FOUND, FORBIDDEN, UNSUPPORTED, FAULT -> REFUSED;
      case BUSY, UNAVAILABLE -> UNAVAILABLE;
      case INTERRUPTED -> INTERRUPTED;
    };
  }
}
