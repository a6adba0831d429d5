/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.error.BitsException;

/// How long the evaluation of one transaction may go on. Whoever evaluates or reads steps; every so
/// many steps somebody looks whether it is over.
///
/// Any thread may end it, and from then on every step throws what ended it: so an evaluation that
/// was given up reads nothing any more. A step costs a count, a look what the given one costs.
public final class Budget {
  private static final int STEPS_PER_LOOK = 64;

  /// Looks whether the time is over; it may throw or [#end] the budget.
  @FunctionalInterface
  public interface Look {
    void at(Budget budget);
  }

  /// Thrown where user code is about to run on a thread that must not be stopped: the evaluation
  /// begins again on another.
  public static final class UserCodeAhead extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UserCodeAhead() {
      super(
          "user code ahead", null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    }
  }

  private final Look look;
  private final boolean mayRunUserCode;
  private final AtomicReference<@Nullable BitsException> ended = new AtomicReference<>();
  private int steps; // wrong by a few where user code reads from several threads

  /// `mayRunUserCode` says whether this thread may be held up, and interrupted, by functions that
  /// are not ours.
  public Budget(Look look, boolean mayRunUserCode) {
    this.look = look;
    this.mayRunUserCode = mayRunUserCode;
  }

  /// Without end, for a thread that its owner may stop.
  public static Budget unlimited() {
    return new Budget(_ -> {}, /* mayRunUserCode= */ true);
  }

  /// One more form, fact or datom.
  public void step() {
    if (++steps % STEPS_PER_LOOK == 0) {
      look();
    }
  }

  /// Looks now, before or after a long step.
  public void look() {
    check();
    look.at(this);
    check();
  }

  private void check() {
    BitsException reason = ended.get();
    if (reason != null) {
      throw reason;
    }
  }

  /// Ends it for this reason; the first one stays.
  public void end(BitsException reason) {
    ended.compareAndSet(null, reason);
  }

  /// What ended it.
  public Optional<BitsException> ended() {
    return Optional.ofNullable(ended.get());
  }

  /// Called before each function or predicate that is not ours.
  public void enterUserCode() {
    if (!mayRunUserCode) {
      throw new UserCodeAhead();
    }
    look();
  }

  /// These datoms, a step for each.
  Iterator<Datom> counted(Iterator<Datom> datoms) {
    step();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return datoms.hasNext();
      }

      @Override
      public Datom next() {
        step();
        return datoms.next();
      }
    };
  }
}
