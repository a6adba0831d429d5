/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import page.bits.db.Functions;
import page.bits.db.internal.index.Recording;
import page.bits.error.BitsException;

/// Finds and calls the registered functions that a transaction meets. Stateless.
///
/// What a function refuses with an error of Bits' root reaches the caller as it is; whatever else
/// it throws refuses the transaction. It can read only the values that it is given.
final class UserCode {
  private UserCode() {}

  /// The function of that name, or the refusal that it is missing.
  static <F extends Functions.Kind> F find(Class<F> kind, String name, int form) {
    return find(kind, name, List.of(), form);
  }

  /// The same where names that are built in may be meant too.
  static <F extends Functions.Kind> F find(
      Class<F> kind, String name, List<String> builtIn, int form) {
    Optional<F> found = Functions.find(kind, name);
    if (found.isPresent()) {
      return found.get();
    }
    var known = new ArrayList<>(builtIn);
    known.addAll(Functions.names(kind));
    throw Refusals.functionMissing(form, kind, name, known);
  }

  static <T extends @Nullable Object> T call(
      Before before, String name, int form, Supplier<T> call) {
    before.context().budget().enterUserCode();
    try {
      return Recording.run(call);
    } catch (BitsException refusal) {
      throw refusal;
    } catch (Exception | StackOverflowError | LinkageError | AssertionError problem) {
      throw Refusals.functionFailed(form, name, problem);
    }
  }

  /// The forms that a function returned.
  static List<?> forms(String name, int form, @Nullable Object returned) {
    if (returned instanceof List<?> forms) {
      return forms;
    }
    throw Refusals.notForms(form, name, returned);
  }
}
