/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Functions;
import page.bits.db.Index;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;
import page.bits.error.ErrorCode;
import page.bits.error.ErrorData;

/// The registered functions of the workload.
final class Bank {
  static final Symbol TRANSFER = Symbol.of("bits.simulation/transfer");
  static final String INSUFFICIENT = ":bits.simulation/insufficient";

  private static final Map<Long, Bank> OPEN = new ConcurrentHashMap<>();

  private enum Refusal implements ErrorCode {
    INSUFFICIENT;

    @Override
    public String code() {
      return Bank.INSUFFICIENT;
    }

    @Override
    public ErrorCategory category() {
      return ErrorCategory.CONFLICT;
    }
  }

  static {
    Functions.registerTx("bits.simulation/transfer", Bank::transfer);
    Functions.registerAttributePredicate(
        "bits.simulation/not-negative", value -> (Long) value >= 0);
  }

  private final Scheduler scheduler;
  private final Map<Long, Integer> evaluations = new HashMap<>();

  private Bank(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  static Bank open(long seed, Scheduler scheduler) {
    var bank = new Bank(scheduler);
    OPEN.put(seed, bank);
    return bank;
  }

  static void close(long seed) {
    OPEN.remove(seed);
  }

  /// How often the most judged operation was judged.
  int evaluationsMax() {
    return evaluations.values().stream().mapToInt(each -> each).max().orElse(0);
  }

  private static List<?> transfer(Db before, List<@Nullable Object> arguments) {
    long[] numbers = arguments.stream().mapToLong(each -> (Long) each).toArray();
    Bank bank = OPEN.get(numbers[0]);
    if (bank != null) { // else it is judged once more, by a check
      bank.evaluations.merge(numbers[1], 1, Integer::sum);
      bank.scheduler.sleep(numbers[5]);
    }
    long from = balance(before, numbers[2]);
    long to = balance(before, numbers[3]);
    long amount = numbers[4];
    if (from < amount) {
      throw new BitsException(
          Refusal.INSUFFICIENT, "The account holds less", ErrorData.of("balance", from));
    }
    return List.of(
        List.of(":db/add", account(numbers[2]), ":item/balance", from - amount),
        List.of(":db/add", account(numbers[3]), ":item/balance", to + amount));
  }

  private static List<Object> account(long number) {
    return Act.item("a", Math.toIntExact(number));
  }

  private static long balance(Db db, long number) {
    long account = db.entid(account(number)).orElseThrow();
    for (Datom datom : db.datoms(Index.EAVT, account, ":item/balance")) {
      return (Long) datom.v();
    }
    throw new IllegalStateException("an account without a balance");
  }
}
