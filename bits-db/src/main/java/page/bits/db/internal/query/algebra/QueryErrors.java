/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.DbError;
import page.bits.db.internal.given.Shown;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of errors in queries.
public final class QueryErrors {
  private QueryErrors() {}

  public static BitsException invalid(String expected, @Nullable Object found) {
    return new BitsException(
        DbError.INVALID_QUERY,
        "The query is not well formed",
        ErrorData.of("expected", expected).and("found", Shown.brief(found)));
  }

  public static BitsException unknownKey(Object key, List<String> near) {
    return new BitsException(
        DbError.INVALID_QUERY,
        "A query has no such part",
        ErrorData.of("key", Shown.brief(key)).and("near", near));
  }

  public static BitsException unsupported(String feature, @Nullable Object form) {
    return new BitsException(
        DbError.UNSUPPORTED,
        "This part of queries is not built yet",
        ErrorData.of("feature", feature).and("form", Shown.brief(form)));
  }

  /// `rule` is the rule in whose body it happened, or null.
  public static BitsException unbound(
      Collection<Term.Variable> variables, @Nullable Object form, @Nullable String rule) {
    ErrorData data = ErrorData.of("variables", names(variables)).and("clause", Shown.brief(form));
    return new BitsException(
        DbError.INSUFFICIENT_BINDING,
        "Nothing binds these variables",
        rule == null ? data : data.and("rule", rule));
  }

  /// A rule asks for arguments that something else binds.
  public static BitsException ruleRequires(String rule, int required, Object form) {
    return new BitsException(
        DbError.INSUFFICIENT_BINDING,
        "The rule requires that its first arguments are bound by something else",
        ErrorData.of("rule", rule).and("required", required).and("clause", Shown.brief(form)));
  }

  public static BitsException branchesDiffer(
      Collection<Term.Variable> expected, Collection<Term.Variable> found, Object form) {
    return new BitsException(
        DbError.INVALID_QUERY,
        "Every branch of an or has the same variables, or the listed ones",
        ErrorData.of("expected", names(expected))
            .and("found", names(found))
            .and("clause", Shown.brief(form)));
  }

  private static List<String> names(Collection<Term.Variable> variables) {
    return variables.stream().map(Term.Variable::name).sorted().toList();
  }

  public static BitsException invalidRule(String rule, String expected, @Nullable Object form) {
    return new BitsException(
        DbError.INVALID_RULE,
        "The rule is not well formed",
        ErrorData.of("rule", rule).and("expected", expected).and("found", Shown.brief(form)));
  }

  /// A rule would have to know what it does not hold for while it is being found.
  public static BitsException ruleNegatesItself(String rule) {
    return new BitsException(
        DbError.INVALID_RULE,
        "A rule cannot call itself inside a not",
        ErrorData.of("rule", rule).and("expected", "no way back to the rule through a not"));
  }

  public static BitsException unknownRule(String rule, List<String> near, Object form) {
    return new BitsException(
        DbError.UNKNOWN_RULE,
        "The clause is taken for a call of a rule, and no rule has this name",
        ErrorData.of("rule", rule).and("near", near).and("clause", Shown.brief(form)));
  }

  public static BitsException noRules(String rule, List<String> near, Object form) {
    return new BitsException(
        DbError.UNKNOWN_RULE,
        "The clause is taken for a call of a rule, and the query has no % in :in",
        ErrorData.of("rule", rule).and("near", near).and("clause", Shown.brief(form)));
  }

  public static BitsException ruleArity(String rule, int expected, int found, Object form) {
    return new BitsException(
        DbError.INVALID_RULE,
        "The rule takes another number of arguments",
        ErrorData.of("rule", rule)
            .and("expected", expected)
            .and("found", found)
            .and("clause", Shown.brief(form)));
  }

  public static BitsException notWithoutJoin(Object form) {
    return new BitsException(
        DbError.INSUFFICIENT_BINDING,
        "A not clause needs a variable that other clauses bind",
        ErrorData.of("clause", Shown.brief(form)));
  }

  public static BitsException notABindingForm(Object found, Object form) {
    return new BitsException(
        DbError.NOT_A_BINDING_FORM,
        "A list cannot stand in a data pattern; pass a lookup ref as an input",
        ErrorData.of("found", Shown.brief(found)).and("clause", Shown.brief(form)));
  }

  public static BitsException unknownFunction(String name, Object form, List<String> near) {
    return new BitsException(
        DbError.UNKNOWN_FUNCTION,
        "There is no built-in or registered function of this name",
        ErrorData.of("function", name).and("near", near).and("clause", Shown.brief(form)));
  }

  public static BitsException wrongArity(Function function, int found, Object form) {
    return new BitsException(
        DbError.INVALID_QUERY,
        "The function takes another number of arguments",
        ErrorData.of("function", function.name())
            .and("min", function.minArguments())
            .and("max", function.maxArguments() == Function.ANY ? null : function.maxArguments())
            .and("found", found)
            .and("clause", Shown.brief(form)));
  }

  public static BitsException functionFailed(
      String function, String problem, @Nullable Object form, @Nullable Throwable cause) {
    return new BitsException(
        DbError.FUNCTION_FAILED,
        "A function of the query failed",
        ErrorData.of("function", function).and("problem", problem).and("clause", Shown.brief(form)),
        cause);
  }

  /// A registered function threw what is no error of its own; its message may be personal.
  public static BitsException registeredFailed(String function, Throwable problem) {
    return new BitsException(
        DbError.FUNCTION_FAILED,
        "A registered function threw what is no error of its own",
        ErrorData.of("function", function)
            .and("problem", problem.getClass().getName())
            .andPersonal("message", problem.getMessage()),
        problem);
  }

  public static BitsException invalidAggregate(String name, Object form, List<String> near) {
    return new BitsException(
        DbError.INVALID_AGGREGATE,
        "There is no built-in or registered aggregate of this name",
        ErrorData.of("function", name).and("near", near).and("clause", Shown.brief(form)));
  }

  public static BitsException inputCount(List<String> expected, int found) {
    return new BitsException(
        found < expected.size() ? DbError.TOO_FEW_INPUTS : DbError.TOO_MANY_INPUTS,
        found < expected.size()
            ? "The query asks for more inputs"
            : "The query asks for fewer inputs",
        ErrorData.of("in", expected).and("expected", expected.size()).and("found", found));
  }

  public static BitsException invalidInput(String expected, Object input, @Nullable Object found) {
    return new BitsException(
        DbError.INVALID_INPUT,
        "An input does not have the shape that :in gives it",
        ErrorData.of("input", Shown.brief(input))
            .and("expected", expected)
            .and("type", Shown.typeOf(found))
            .andPersonal("found", found));
  }

  public static BitsException unknownSource(String source, @Nullable Object form) {
    return new BitsException(
        DbError.INVALID_QUERY,
        "No input is the source of this clause",
        ErrorData.of("source", source).and("clause", Shown.brief(form)));
  }

  public static BitsException tooManyRows(int max) {
    return new BitsException(
        DbError.QUERY_TOO_LARGE,
        "A step of the query has too many rows; are all its clauses connected?",
        ErrorData.of("max", max));
  }

  public static BitsException tooDeep(int max) {
    return new BitsException(
        DbError.QUERY_TOO_LARGE,
        "Queries are nested too deep; does a rule query itself?",
        ErrorData.of("max", max));
  }

  public static BitsException timedOut(Duration timeout) {
    return new BitsException(
        DbError.QUERY_TIMEOUT,
        "The query took longer than its timeout",
        ErrorData.of("timeout-ms", timeout.toMillis()));
  }

  public static BitsException interrupted() {
    return new BitsException(DbError.INTERRUPTED, "The query was interrupted", ErrorData.none());
  }
}
