/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.db.DbError;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// Two reasons of one refusal are both believed only if some part of the transaction is refused by
/// both databases for each.
final class BothReasonsTest {
  private final BitsContender bits = new BitsContender("both-reasons-");
  private final BitsContender second = new BitsContender("both-reasons-other-");

  @FunctionalInterface
  private interface Transact {
    Contender.Committed of(List<?> forms);
  }

  @AfterEach
  void close() {
    bits.close();
    second.close();
  }

  /// Is Bits in everything but how it takes transactions.
  private Contender other(Transact transact) {
    return (Contender)
        Proxy.newProxyInstance(
            Contender.class.getClassLoader(),
            new Class<?>[] {Contender.class},
            (_, method, arguments) -> {
              if (method.getName().equals("transact")) {
                return transact.of((List<?>) arguments[0]);
              }
              try {
                return method.invoke(second, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /// Meets the last form first, and so names the last mistake.
  private Contender backwards() {
    return other(forms -> second.transact(forms.reversed()));
  }

  /// Looks at the names of attributes before anything else.
  private Contender namesFirst() {
    List<?> wrong = List.of(List.of(":db/add", "x", ":p/nobody", 1L));
    return other(
        forms -> second.transact(String.valueOf(forms).contains(":p/nobody") ? wrong : forms));
  }

  private static Program program(String forms) {
    return Program.read("[{:schema {:p/n [:long] :p/s [:string]}} {:tx [" + forms + "]}]");
  }

  private boolean hold(Program program, Contender other) {
    List<Outcome> ours = Play.of(program, bits);
    List<Outcome> theirs = Play.of(program, other);
    assertThat(Verdict.of(ours.getLast(), theirs.getLast(), Reasons.recorded()))
        .isInstanceOf(Verdict.OtherReason.class);
    return new BothReasons(bits, other, Reasons.recorded()).hold(program, 1);
  }

  @Test
  void hold_eachOfTwoFormsIsAMistake_isSo() {
    Program program = program("[:db/add \"a\" :p/nobody 1] [:db/add \"b\" :p/n \"text\"]");
    assertThat(hold(program, backwards())).isTrue();
  }

  @Test
  void hold_mistakesInsideOneForm_areFoundByDeleting() {
    Program program = program("{:db/id \"a\" :p/n \"text\" :p/nobody 1 :p/s \"harmless\"}");
    assertThat(hold(program, namesFirst())).isTrue();
  }

  @Test
  void hold_reasonThatTheOtherNeverGives_isNotBelieved() {
    Contender lying =
        other(
            forms -> {
              try {
                return second.transact(forms);
              } catch (BitsException refused) {
                throw new BitsException(DbError.CAS_FAILED, refused.sentence(), ErrorData.none());
              }
            });
    assertThat(hold(program("[:db/add \"a\" :p/nobody 1] [:db/add \"b\" :p/n 2]"), lying))
        .isFalse();
  }

  @Test
  void hold_stepThatIsNoTransaction_isNotBelieved() {
    Program program = Program.read("[{:schema {:p/n [:long]}} {:entid :p/nobody}]");
    assertThat(new BothReasons(bits, backwards(), Reasons.recorded()).hold(program, 1)).isFalse();
  }
}
