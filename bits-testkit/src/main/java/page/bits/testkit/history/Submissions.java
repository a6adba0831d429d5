/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The transactions that were submitted, by their tags. Confined to one thread.
final class Submissions {
  /// One transaction, and the operations that submitted it: several when it was repeated under its
  /// id. `t` is where the log has it, 0 when it is not there.
  static final class Submission {
    private final Request.Write request;
    private final @Nullable UUID id;
    private final List<Operation> operations = new ArrayList<>(1);
    private long t;

    private Submission(Request.Write request, @Nullable UUID id) {
      this.request = request;
      this.id = id;
    }

    Request.Write request() {
      return request;
    }

    @Nullable UUID id() {
      return id;
    }

    List<Operation> operations() {
      return operations;
    }

    long t() {
      return t;
    }

    void foundAt(long found) {
      t = found;
    }

    boolean isRepeated() {
      return operations.size() > 1;
    }

    @Override
    public String toString() {
      return operations.toString();
    }
  }

  private final Map<Long, Submission> byTag = new HashMap<>();

  void add(Operation operation) {
    if (operation.request() instanceof Request.Write write) {
      byTag
          .computeIfAbsent(operation.tag(), _ -> new Submission(write, operation.id()))
          .operations
          .add(operation);
    }
  }

  @Nullable Submission of(long tag) {
    return byTag.get(tag);
  }

  Collection<Submission> all() {
    return byTag.values();
  }
}
