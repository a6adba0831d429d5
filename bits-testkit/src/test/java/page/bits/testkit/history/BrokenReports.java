/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.Db;
import page.bits.db.TxReport;
import page.bits.db.TxReports;

/// A subscription with one bug, around a real one.
final class BrokenReports implements InvocationHandler {
  private static final int RARELY = 50;

  private final TxReports real;
  private final Bug bug;
  private @Nullable TxReport held;
  private long count;

  BrokenReports(TxReports real, Bug bug) {
    this.real = real;
    this.bug = bug;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "poll" -> poll((Duration) arguments[0]);
      default -> BrokenConnection.call(real, method, arguments);
    };
  }

  private Optional<TxReport> poll(Duration atMost) {
    TxReport before = held;
    if (before != null) {
      held = null;
      return Optional.of(before);
    }
    Optional<TxReport> next = real.poll(atMost);
    if (next.isEmpty() || ++count % RARELY != 0) {
      return bug == Bug.REPORTS_END_EARLY && count > RARELY ? Optional.empty() : next;
    }
    return switch (bug) {
      case REPORTS_REORDERED -> {
        Optional<TxReport> after = real.poll(atMost);
        held = after.isPresent() ? next.get() : null; // it may be the last of all
        yield after.or(() -> next);
      }
      case REPORT_SKIPPED -> real.poll(atMost);
      case REPORT_OF_ANOTHER_MOMENT -> next.map(BrokenReports::ofTheMomentBefore);
      case REPORT_WITHOUT_PRESENCE -> next.map(BrokenReports::withoutPresence);
      default -> next;
    };
  }

  private static TxReport withoutPresence(TxReport report) {
    Db view = report.dbAfter().asOf(report.t());
    return BrokenConnection.withMethod(TxReport.class, report, "dbAfter", _ -> view);
  }

  private static TxReport ofTheMomentBefore(TxReport report) {
    Db before = report.dbBefore();
    return BrokenConnection.withMethod(TxReport.class, report, "dbAfter", _ -> before);
  }
}
