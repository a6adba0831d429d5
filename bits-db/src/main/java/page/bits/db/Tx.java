/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Edn;

/// A transaction to submit: its forms, and how. Immutable.
///
/// An id makes the transaction happen once for ever: submitted again with the same id and forms, on
/// any node and after any crash, it answers with the first commit; with other forms,
/// `:bits.error/tx-id-reused`. A refusal leaves no trace, so it is judged again.
public final class Tx {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final List<?> forms;
  private final @Nullable UUID id;
  private final Duration deadline;

  private Tx(List<?> forms, @Nullable UUID id, Duration deadline) {
    this.forms = forms;
    this.id = id;
    this.deadline = deadline;
  }

  /// A transaction of these forms: lists such as `[:db/add e a v]` and maps, as EDN values.
  public static Tx of(List<?> forms) {
    if (forms == null) { // callers need not run the checker
      throw TxErrors.notAList(null);
    }
    return new Tx(FormCopy.of(forms), null, DEADLINE);
  }

  /// A transaction from EDN text: one vector of forms.
  public static Tx of(String edn) {
    Object value = Edn.read(edn);
    if (value instanceof List<?> forms) {
      return of(forms);
    }
    throw TxErrors.notAList(value);
  }

  /// This transaction with an id that makes it happen once for ever.
  public Tx id(UUID id) {
    return new Tx(forms, Objects.requireNonNull(id), deadline);
  }

  /// This transaction with another deadline, from submission; 10 s unless given.
  public Tx deadline(Duration deadline) {
    return new Tx(forms, id, Objects.requireNonNull(deadline));
  }

  public List<?> forms() {
    return forms;
  }

  public Optional<UUID> id() {
    return Optional.ofNullable(id);
  }

  public Duration deadline() {
    return deadline;
  }
}
