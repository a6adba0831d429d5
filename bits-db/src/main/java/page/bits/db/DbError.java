/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import page.bits.error.ErrorCategory;
import page.bits.error.ErrorCode;

/// The codes of the database's errors, with the category of each; `docs/reference/mistakes.md`
/// shows the data of those that are met most.
public enum DbError implements ErrorCode {
  // Transactions
  INVALID_TX_DATA(":db.error/invalid-tx-data", ErrorCategory.INCORRECT),
  DATOMS_CONFLICT(":db.error/datoms-conflict", ErrorCategory.INCORRECT),
  UNIQUE_CONFLICT(":db.error/unique-conflict", ErrorCategory.CONFLICT),
  CAS_FAILED(":db.error/cas-failed", ErrorCategory.CONFLICT),
  INVALID_CAS(":db.error/invalid-cas", ErrorCategory.INCORRECT),
  NOT_AN_ENTITY(":db.error/not-an-entity", ErrorCategory.INCORRECT),
  INVALID_ENTITY_ID(":db.error/invalid-entity-id", ErrorCategory.INCORRECT),
  TEMPID_NOT_AN_ENTITY(":db.error/tempid-not-an-entity", ErrorCategory.INCORRECT),
  WRONG_TYPE_FOR_ATTRIBUTE(":db.error/wrong-type-for-attribute", ErrorCategory.INCORRECT),
  NIL_VALUE(":db.error/nil-value", ErrorCategory.INCORRECT),
  INVALID_TUPLE_VALUE(":db.error/invalid-tuple-value", ErrorCategory.INCORRECT),
  INVALID_LOOKUP_REF(":db.error/invalid-lookup-ref", ErrorCategory.INCORRECT),
  LOOKUP_REF_ATTR_NOT_UNIQUE(":db.error/lookup-ref-attr-not-unique", ErrorCategory.INCORRECT),
  INVALID_NESTED_ENTITY(":db.error/invalid-nested-entity", ErrorCategory.INCORRECT),
  NOT_AN_ATTRIBUTE(":db.error/not-an-attribute", ErrorCategory.INCORRECT),
  FUNCTION_MISSING(":db.error/function-missing", ErrorCategory.INCORRECT),
  NOT_A_PARTITION(":db.error/not-a-partition", ErrorCategory.INCORRECT),
  CYCLE_IN_AFFINITY(":db.error/cycle-in-affinity", ErrorCategory.INCORRECT),
  ATTR_PRED(":db.error/attr-pred", ErrorCategory.INCORRECT),
  ENTITY_ATTR(":db.error/entity-attr", ErrorCategory.INCORRECT),
  ENTITY_PRED(":db.error/entity-pred", ErrorCategory.INCORRECT),
  NOT_A_SPEC(":db.error/not-a-spec", ErrorCategory.INCORRECT),
  PAST_TX_INSTANT(":db.error/past-tx-instant", ErrorCategory.INCORRECT),
  FUTURE_TX_INSTANT(":db.error/future-tx-instant", ErrorCategory.INCORRECT),
  RESET_TX_INSTANT(":db.error/reset-tx-instant", ErrorCategory.INCORRECT),
  // Schema
  INVALID_INSTALL_ATTRIBUTE(":db.error/invalid-install-attribute", ErrorCategory.INCORRECT),
  INVALID_ALTER_ATTRIBUTE(":db.error/invalid-alter-attribute", ErrorCategory.INCORRECT),
  // Queries, pull, index access
  INVALID_QUERY(":db.error/invalid-query", ErrorCategory.INCORRECT),
  INSUFFICIENT_BINDING(":db.error/insufficient-binding", ErrorCategory.INCORRECT),
  NOT_A_BINDING_FORM(":db.error/not-a-binding-form", ErrorCategory.INCORRECT),
  TOO_FEW_INPUTS(":db.error/too-few-inputs", ErrorCategory.INCORRECT),
  TOO_MANY_INPUTS(":db.error/too-many-inputs", ErrorCategory.INCORRECT),
  INVALID_INPUT(":db.error/invalid-input", ErrorCategory.INCORRECT),
  INVALID_AGGREGATE(":db.error/invalid-aggregate", ErrorCategory.INCORRECT),
  QUERY_TIMEOUT(":db.error/query-timeout", ErrorCategory.UNAVAILABLE),
  QUERY_TOO_LARGE(":db.error/query-too-large", ErrorCategory.INCORRECT),
  INVALID_RULE(":db.error/invalid-rule", ErrorCategory.INCORRECT),
  UNKNOWN_RULE(":db.error/unknown-rule", ErrorCategory.INCORRECT),
  UNKNOWN_FUNCTION(":db.error/unknown-function", ErrorCategory.INCORRECT),
  FUNCTION_FAILED(":db.error/function-failed", ErrorCategory.INCORRECT),
  INVALID_PULL(":db.error/invalid-pull", ErrorCategory.INCORRECT),
  ATTRIBUTE_NOT_INDEXED(":db.error/attribute-not-indexed", ErrorCategory.INCORRECT),
  INVALID_INDEX_COMPONENTS(":db.error/invalid-index-components", ErrorCategory.INCORRECT),
  RESULT_SHAPE(":db.error/result-shape", ErrorCategory.INCORRECT),
  HISTORY_VIEW(":db.error/history-view", ErrorCategory.INCORRECT),
  INVALID_TIME_POINT(":db.error/invalid-time-point", ErrorCategory.INCORRECT),
  DB_NOT_FOUND(":db.error/db-not-found", ErrorCategory.NOT_FOUND),
  // The peer and its storage
  UNSUPPORTED(":bits.error/unsupported", ErrorCategory.UNSUPPORTED),
  INVALID_URI(":bits.error/invalid-uri", ErrorCategory.INCORRECT),
  UNKNOWN_STORAGE(":bits.error/unknown-storage", ErrorCategory.INCORRECT),
  STORAGE_UNAVAILABLE(":bits.error/storage-unavailable", ErrorCategory.UNAVAILABLE),
  STORAGE_REFUSED(":bits.error/storage-refused", ErrorCategory.FORBIDDEN),
  STORAGE_NOT_FOUND(":bits.error/storage-not-found", ErrorCategory.NOT_FOUND),
  STORAGE_CORRUPT(":bits.error/storage-corrupt", ErrorCategory.FAULT),
  OUTCOME_UNKNOWN(":bits.error/outcome-unknown", ErrorCategory.UNAVAILABLE),
  DEADLINE(":bits.error/deadline", ErrorCategory.UNAVAILABLE),
  EVALUATION_TIMEOUT(":bits.error/evaluation-timeout", ErrorCategory.INCORRECT),
  BUSY(":bits.error/busy", ErrorCategory.BUSY),
  TOO_LARGE(":bits.error/too-large", ErrorCategory.INCORRECT),
  TX_ID_REUSED(":bits.error/tx-id-reused", ErrorCategory.CONFLICT),
  UNKNOWN_CURSOR(":bits.error/unknown-cursor", ErrorCategory.CONFLICT),
  LOG_FORKED(":bits.error/log-forked", ErrorCategory.FAULT),
  TOO_NEW(":bits.error/too-new", ErrorCategory.UNSUPPORTED),
  FORMAT_LEVEL(":bits.error/format-level", ErrorCategory.INCORRECT),
  OLD_BUILDS(":bits.error/old-builds", ErrorCategory.CONFLICT),
  EPHEMERAL_ATTRIBUTE(":bits.error/ephemeral-attribute", ErrorCategory.INCORRECT),
  NO_SESSION(":bits.error/no-session", ErrorCategory.INCORRECT),
  SESSION_ENDED(":bits.error/session-ended", ErrorCategory.CONFLICT),
  INDEX_DIVERGED(":bits.error/index-diverged", ErrorCategory.FAULT),
  BEYOND_HEAD(":bits.error/beyond-head", ErrorCategory.INCORRECT),
  FUNCTION_NAME(":bits.error/function-name", ErrorCategory.INCORRECT),
  FUNCTION_PROVIDER(":bits.error/function-provider", ErrorCategory.INCORRECT),
  READ_ONLY(":bits.error/read-only", ErrorCategory.FORBIDDEN),
  UNRECORDED_READ(":bits.error/unrecorded-read", ErrorCategory.INCORRECT),
  CLOSED(":bits.error/closed", ErrorCategory.INCORRECT),
  INTERRUPTED(":bits.error/interrupted", ErrorCategory.INTERRUPTED),
  INTERNAL(":bits.error/internal", ErrorCategory.FAULT);

  private final String code;
  private final ErrorCategory category;

  DbError(String code, ErrorCategory category) {
    this.code = code;
    this.category = category;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }
}
