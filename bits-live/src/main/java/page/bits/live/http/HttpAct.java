/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.error.BitsException;
import page.bits.live.Act;
import page.bits.live.LiveErrors;
import page.bits.live.Viewer;

/// An action's request, and what the action did with it.
final class HttpAct implements Act {
  private final Connection connection;
  private final Map<String, String> variables;
  private final LiveRequest request;
  private @Nullable UUID submitId;
  private @Nullable Cursor newest;
  private Visitors.@Nullable Fresh renewed;

  HttpAct(Connection connection, Map<String, String> variables, LiveRequest request) {
    this.connection = connection;
    this.variables = variables;
    this.request = request;
    this.submitId = submitId(request);
  }

  private static @Nullable UUID submitId(LiveRequest request) {
    try {
      return request.header("bits-submit").map(UUID::fromString).orElse(null);
    } catch (IllegalArgumentException _) { // not a UUID
      throw LiveErrors.invalidInput("bits-submit");
    }
  }

  @Override
  public String param(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw LiveErrors.invalidInput(name);
    }
    return value;
  }

  @Override
  public Db db() {
    return connection.db();
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public Viewer viewer() {
    return Visitors.of(request);
  }

  @Override
  public Viewer renewViewer(Duration maxAge) {
    Visitors.Fresh fresh = Visitors.fresh(request.isSecure(), maxAge);
    renewed = fresh;
    submitId = null; // what holds a fresh viewer is never the same twice
    return fresh.viewer();
  }

  @Override
  public boolean isSecure() {
    return request.isSecure();
  }

  @Override
  public Optional<String> header(String name) {
    return request.header(name);
  }

  @Override
  public String remoteAddress() {
    return request.remoteAddress();
  }

  @Override
  public TxReport transact(List<?> forms) {
    TxReport report = commit(Tx.of(forms));
    Cursor known = newest;
    if (known == null || report.t() > known.t()) {
      newest = report.cursor();
    }
    return report;
  }

  /// The id stays with the first transaction that is committed: one that was refused left nothing,
  /// and one whose outcome is unknown may have.
  private TxReport commit(Tx tx) {
    UUID id = submitId;
    if (id == null) {
      return connection.transact(tx);
    }
    try {
      TxReport report = connection.transact(tx.id(id));
      submitId = null;
      return report;
    } catch (BitsException refused) {
      if (refused.is(DbError.TX_ID_REUSED)) {
        submitId = null; // it was used: what the action does about that is another transaction
      }
      throw refused;
    }
  }

  /// The point of the newest transaction that it made; empty when it made none.
  Optional<Cursor> newest() {
    return Optional.ofNullable(newest);
  }

  /// The visitor's cookie that it asked for.
  Optional<Visitors.Fresh> renewed() {
    return Optional.ofNullable(renewed);
  }
}
