/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import page.bits.db.Bits;
import page.bits.edn.Edn;
import page.bits.error.BitsException;
import page.bits.live.http.LiveRequest;

/// Every limit of the reference that names an error has a proof that this error comes: an action
/// here, or a test elsewhere that names the code.
final class LimitsDocTest {
  private static final Path ROOT = Path.of(System.getProperty("bits.root"));
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([^|]+) \\| [^|]+ \\| (`:[^|]+`) \\|$");
  private static final Pattern CODE = Pattern.compile("`:([a-z]+\\.error/([a-z-]+))`");
  private static final String DB = "bits-db/src/test/java/page/bits/db/internal/";
  private static final String EDN = "bits-edn/src/test/java/page/bits/edn/EdnLimitsTest.java";
  private static final String EVALUATION = DB + "peer/EvaluationTest.java";
  private static final String KIT = "bits-testkit/src/";

  private sealed interface Proof {
    /// Does what is past the limit.
    record Action(Runnable action) implements Proof {}

    /// A test that names the codes of the row between them.
    record Tests(List<Place> places) implements Proof {}
  }

  private record Place(String file, String method) {}

  private static final Map<String, Proof> PROOFS =
      Map.ofEntries(
          entry("Datoms of one transaction", in(EVALUATION, "transact_beyondTheDatoms_isRefused")),
          entry(
              "Bytes of one transaction, as the log holds it",
              in(
                  KIT + "main/java/page/bits/testkit/peer/CommitTck.java",
                  "transact_beyondTheBytesOfATransaction_isRefused")),
          entry(
              "Facts that `:db/retractEntity` may find in one transaction",
              in(
                  DB + "tx/TransactionSetTest.java",
                  "retractEntity_ofMoreFactsThanATransactionMayFind_isRefused")),
          entry(
              "Evaluation of one transaction, functions and predicates included",
              in(EVALUATION, "evaluate_functionThatReadsNothingForEver_isRefusedAndOthersCommit")),
          entry(
              "Evaluations given up whose functions still run, on one peer",
              in(EVALUATION, "evaluate_moreFunctionsThatHangThanMayHang_refusesFurtherOnesOnly")),
          entry(
              "Deadline of one transaction, from submission (`Tx.deadline`)",
              new Proof.Tests(
                  List.of(
                      new Place(EVALUATION, "evaluate_beyondTheCallersDeadline_neverCommits"),
                      new Place(
                          KIT + "test/java/page/bits/testkit/peer/PeerFaultTest.java",
                          "unknown")))),
          entry(
              "Submissions that wait on one peer", in(EVALUATION, "submit_beyondTheQueue_isBusy")),
          entry(
              "Wait of `sync` for this node to catch up",
              in(
                  DB + "peer/SyncTest.java",
                  "sync_peerThatDoesNotCatchUp_endsAfterTenSecondsAndLaterAnswers")),
          entry(
              "Depth of transaction functions that call others",
              in(DB + "tx/TxFunctionTest.java", "call_withoutEnd_isRefused")),
          entry(
              "Schema elements of one database (attributes and other entities with a schema)",
              in(
                  DB + "tx/SchemaTransactionTest.java",
                  "s60_moreElementsThanThereAreNumbers_areRefused")),
          entry(
              "Digits of one `bigdec` value",
              in(DB + "tx/ValueTypesTest.java", "s20_bigNumbers_areBounded")),
          entry(
              "Bits of one `bigint` value",
              in(DB + "tx/ValueTypesTest.java", "s20_bigNumbers_areBounded")),
          entry(
              "Chars of a text inside a tuple",
              in(DB + "tx/TupleTest.java", "writtenTuples_ofOtherShapes_areRefused")),
          entry(
              "Rows of one step of a query, of a rule, or of one pattern",
              in(DB + "query/QueryLimitsTest.java", "join_beyondTheLimit_isRefused")),
          entry(
              "Queries in queries",
              query(
                  "[:find ?x :in % :where (p ?x)]",
                  List.of(
                      Objects.requireNonNull(
                          Edn.read("[(p ?x) [(q [:find ?y :in % :where (p ?y)] %) [[?x]]]]"))))),
          entry(
              "Digits in arithmetic on decimals and big integers",
              in(DB + "query/QueryLimitsTest.java", "arithmetic_thatGrowsByItself_isRefused")),
          entry(
              "Values that `rand` chooses",
              query("[:find (rand 1000001 ?x) . :in [?x ...]]", List.of(1L))),
          entry(
              "Characters that one regular expression looks at",
              query(
                  "[:find ?a . :in ?x :where [(re-matches \"(x?)(a|aa)+\\\\1b\" ?x) ?a]]",
                  "a".repeat(60))),
          entry(
              "Time of a query",
              in(DB + "query/QueryLimitsTest.java", "query_beyondItsTimeout_ends")),
          entry("Depth of a pull", in(DB + "pull/PullTest.java", "pull_tooDeep_isRefused")),
          entry("Depth of EDN text", edn("[".repeat(129) + "]".repeat(129))),
          entry(
              "Chars of one top-level EDN form",
              in(EDN, "read_longForm_isRefusedButManyFormsAreNot")),
          entry(
              "Chars of one EDN string, name or number",
              edn("\"" + "x".repeat((1 << 20) + 1) + "\"")),
          entry("Digits of one EDN number", edn("9".repeat(1_001))),
          entry("Scale of one EDN number", edn("1E10001M")),
          entry("Elements of one EDN collection", edn("[" + "1 ".repeat(1_000_001) + "]")),
          entry("Fields of one form", new Proof.Action(() -> form(201).formFields())));

  @Test
  void limits_everyRowWithAnError_givesIt() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/reference/limits.md"));
    List<MatchResult> rows = ROW.matcher(text).results().toList();
    assertThat(rows.stream().map(row -> row.group(1)))
        .containsExactlyInAnyOrderElementsOf(PROOFS.keySet());
    var broken = new ArrayList<String>();
    for (MatchResult row : rows) {
      List<MatchResult> codes = CODE.matcher(row.group(2)).results().toList();
      assertThat(codes).as(row.group(1)).isNotEmpty();
      for (MatchResult code : codes) {
        if (!gives(
            Objects.requireNonNull(PROOFS.get(row.group(1))), code.group(1), code.group(2))) {
          broken.add(row.group(1) + " " + code.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean gives(Proof proof, String code, String name) throws IOException {
    return switch (proof) {
      case Proof.Action(Runnable action) -> {
        BitsException refusal = catchThrowableOfType(BitsException.class, action::run);
        yield refusal != null && refusal.code().equals(":" + code);
      }
      case Proof.Tests(List<Place> places) -> {
        String constant = name.replace('-', '_').toUpperCase(java.util.Locale.ROOT);
        boolean isNamed = false;
        for (Place place : places) {
          String body = body(place);
          isNamed |= body.contains("Error." + constant) || body.contains(name + "\"");
        }
        yield isNamed;
      }
    };
  }

  /// The text of a method; methods of a class end at a brace that is indented by two.
  private static String body(Place place) throws IOException {
    String source = Files.readString(ROOT.resolve(place.file()));
    var method =
        Pattern.compile("(?ms)^  [^\\n]*\\b" + place.method() + "\\([^;]*?\\{\\n.*?^  \\}")
            .matcher(source);
    assertThat(method.find()).as("%s", place).isTrue();
    return method.group();
  }

  private static Proof in(String file, String method) {
    return new Proof.Tests(List.of(new Place(file, method)));
  }

  private static Proof edn(String text) {
    return new Proof.Action(() -> Edn.read(text));
  }

  private static Proof query(String query, Object input) {
    return new Proof.Action(() -> Bits.q(query, input));
  }

  private static LiveRequest form(int fields) {
    var pairs = new ArrayList<String>();
    for (int i = 0; i < fields; i++) {
      pairs.add("f" + i + "=");
    }
    return new LiveRequest(
        "POST",
        "/",
        "",
        Collections.emptyMap(),
        String.join("&", pairs),
        "127.0.0.1",
        /* isTls= */ false);
  }
}
