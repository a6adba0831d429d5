/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Duration;
import java.util.UUID;
import page.bits.db.DbError;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of errors of connections: closed, too late, too much, unknown.
final class PeerErrors {
  private PeerErrors() {}

  /// The caller of a transaction was interrupted while it waited: called off for good, or nobody
  /// knows.
  static BitsException interruptedTransaction(UUID submissionId, boolean isCalledOff) {
    return new BitsException(
        DbError.INTERRUPTED,
        "The waiting thread was interrupted",
        ErrorData.of("submission", submissionId)
            .and("called-off", isCalledOff)
            .and("remedy", "unless it was called off, ask for the outcome of this submission"));
  }

  static BitsException closed(String what) {
    return new BitsException(
        DbError.CLOSED,
        "This is closed",
        ErrorData.of("what", what).and("remedy", "connect again"));
  }

  static BitsException interrupted(String what) {
    return new BitsException(
        DbError.INTERRUPTED,
        "The waiting thread was interrupted",
        ErrorData.of("waiting-for", what));
  }

  /// The transaction was never tried: it is not in the log and will not be.
  static BitsException deadline(UUID submissionId, Duration deadline) {
    return new BitsException(
        DbError.DEADLINE,
        "The transaction was not tried within its deadline and never will be",
        ErrorData.of("submission", submissionId)
            .and("deadline-ms", deadline.toMillis())
            .and("remedy", "submit it again"));
  }

  static BitsException deadlineOf(String what, Duration deadline) {
    return new BitsException(
        DbError.DEADLINE,
        "The deadline passed",
        ErrorData.of("waiting-for", what).and("deadline-ms", deadline.toMillis()));
  }

  /// Its evaluation was given up: it is not in the log and will not be.
  static BitsException evaluationTimeout(UUID submissionId, Duration limit) {
    return new BitsException(
        DbError.EVALUATION_TIMEOUT,
        "The evaluation of the transaction took too long",
        ErrorData.of("submission", submissionId)
            .and("limit-ms", limit.toMillis())
            .and("remedy", "split it, or let its functions read less"));
  }

  /// So many evaluations were given up and still run, that no more user code is called.
  static BitsException evaluationsHang(int hanging) {
    return new BitsException(
        DbError.BUSY,
        "Functions that never returned still run",
        ErrorData.of("waiting", (long) hanging)
            .and("remedy", "mend the functions and restart this process"));
  }

  static BitsException outcomeUnknown(UUID submissionId) {
    return new BitsException(
        DbError.OUTCOME_UNKNOWN,
        "The storage has not said whether the transaction was committed",
        ErrorData.of("submission", submissionId)
            .and(
                "remedy",
                "ask for the outcome of this submission, or submit it again under its id"));
  }

  static BitsException busy(int waiting) {
    return new BitsException(
        DbError.BUSY,
        "Too many transactions are waiting",
        ErrorData.of("waiting", (long) waiting).and("remedy", "submit again later"));
  }

  static BitsException txIdReused(UUID id) {
    return new BitsException(
        DbError.TX_ID_REUSED,
        "The transaction id was used for another transaction",
        ErrorData.of("id", id).and("remedy", "give each transaction an id of its own"));
  }

  static BitsException tooManyBytes(int sizeBytesMax) {
    return new BitsException(
        DbError.TOO_LARGE,
        "The transaction is too large",
        ErrorData.of("bytes-max", (long) sizeBytesMax).and("remedy", "split it"));
  }

  static BitsException tooLarge(int datoms, int datomsMax) {
    return new BitsException(
        DbError.TOO_LARGE,
        "The transaction is too large",
        ErrorData.of("datoms", (long) datoms)
            .and("datoms-max", (long) datomsMax)
            .and("remedy", "split it"));
  }

  static BitsException databaseNotFound(String name, String uri) {
    return new BitsException(
        DbError.DB_NOT_FOUND,
        "The storage has no database of this name",
        ErrorData.of("database", name)
            .and("uri", uri)
            .and("remedy", "create it, or connect with ?create=true"));
  }

  /// This peer applied the log wrongly.
  static BitsException indexDiverged(
      String database, long position, String expected, String found) {
    return new BitsException(
        DbError.INDEX_DIVERGED,
        "This peer applied the log to another index than the log gives",
        ErrorData.of("database", database)
            .and("position", position)
            .and("expected", expected)
            .and("found", found)
            .and("remedy", "restart this process; if it comes again, report it"));
  }

  static BitsException internal(Throwable cause) {
    return new BitsException(
        DbError.INTERNAL,
        "A bug in Bits",
        ErrorData.of("cause", cause.toString()).and("remedy", "report it with this stack trace"),
        cause);
  }

  static BitsException schemaNotAList() {
    return new BitsException(
        DbError.INVALID_TX_DATA,
        "A schema is a vector of forms",
        ErrorData.of("expected", "a vector"));
  }

  /// The record under which this process beats was changed by another at the same time.
  static BitsException notBeating() {
    return new BitsException(
        DbError.BUSY,
        "The record of this process could not be written",
        ErrorData.of("remedy", "it is tried again within a second"));
  }

  /// A process that is alive, or was a minute ago, could not go on after this transaction.
  static BitsException oldBuild(UUID process, ProcessRecord record, long level) {
    return new BitsException(
        DbError.OLD_BUILDS,
        "A process that uses this storage cannot read that format level",
        ErrorData.of("level", level)
            .and("process", process)
            .and("host", record.host())
            .and("pid", record.pid())
            .and("build", record.build())
            .and("reads-up-to", (long) record.level())
            .and("remedy", "update that process, or end it and wait a minute"));
  }

  static BitsException notEphemeral(Object attribute) {
    return new BitsException(
        DbError.EPHEMERAL_ATTRIBUTE,
        "What is held for a session are values of ephemeral attributes",
        ErrorData.of("attribute", attribute)
            .and("remedy", "install the attribute with :db/ephemeral true, or transact the fact"));
  }

  static BitsException nilHeld(Object attribute) {
    return new BitsException(
        DbError.NIL_VALUE, "nil is not a value", ErrorData.of("attribute", attribute));
  }

  static BitsException notHeld() {
    return new BitsException(
        DbError.CLOSED,
        "This is closed",
        ErrorData.of("what", "held facts").and("remedy", "hold them again"));
  }

  static BitsException readOnly(String uri) {
    return new BitsException(
        DbError.READ_ONLY,
        "This connection only reads",
        ErrorData.of("uri", uri).and("remedy", "connect without mode=read"));
  }

  static BitsException unrecordedRead() {
    return new BitsException(
        DbError.UNRECORDED_READ,
        "A recorded computation, such as a fragment's render, reads only the value it was given",
        ErrorData.of("remedy", "use the db parameter instead of the connection"));
  }
}
