/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// An action of a site: its path, the record that its input becomes, and what it does. Immutable.
public final class Action<R> {
  private final PathPattern pattern;
  private final Binder<R> binder;
  private final @Nullable FormPlace<?> place;
  private final BiFunction<Act, R, Answer> function;

  Action(
      PathPattern pattern,
      Binder<R> binder,
      @Nullable FormPlace<?> place,
      BiFunction<Act, R, Answer> function) {
    this.pattern = pattern;
    this.binder = binder;
    this.place = place;
    this.function = function;
  }

  public PathPattern pattern() {
    return pattern;
  }

  /// Runs it on these texts (path variables and form fields); invalid input is answered without
  /// running it.
  public Answer run(Act act, Map<String, String> texts) {
    return switch (binder.bind(texts)) {
      case Binder.Bound.Valid<R>(R value) -> function.apply(act, value);
      case Binder.Bound.Wrong<R>(Map<String, String> errors) -> new Answer.Invalid(errors);
    };
  }

  /// The place of the form that sends this input; empty when the site did not say.
  public Optional<Html.Part.Hole> form(Map<String, String> texts) {
    return place == null ? Optional.empty() : place.at(texts);
  }

  /// The fragment that holds an action's form, and how its parameters are found.
  record FormPlace<P>(Fragment<P> fragment, Binder<P> binder) {
    Optional<Html.Part.Hole> at(Map<String, String> texts) {
      return switch (binder.bind(texts)) {
        case Binder.Bound.Valid<P>(P params) when params != null ->
            Optional.of(new Html.Part.Hole(fragment, params));
        case Binder.Bound.Valid<P> _, Binder.Bound.Wrong<P> _ -> Optional.empty();
      };
    }
  }
}
