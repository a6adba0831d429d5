/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.workload;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import page.bits.db.Db;
import page.bits.testkit.history.Request;
import page.bits.testkit.history.Thing;

/// Draws requests from a seed. Confined to one thread.
final class Requests {
  private final Random random;

  Requests(Random random) {
    this.random = random;
  }

  /// A transaction; what it writes is the tag, which is written once. A cell is compared with what
  /// the given value has, which may be old. Nobody sits without a session.
  Request.Write write(Db db, long tag, Optional<UUID> session) {
    int dice = random.nextInt(100);
    if (dice < 30) {
      return new Request.Append(random.nextInt(Workload.LISTS), tag);
    }
    if (dice < 43) {
      return new Request.Put(random.nextInt(Workload.REGISTERS), tag);
    }
    if (dice < 56) {
      int cell = random.nextInt(Workload.CELLS);
      return new Request.Cas(cell, Workload.state(db, Thing.cell(cell)), tag);
    }
    if (dice < 74) {
      int from = random.nextInt(Workload.ACCOUNTS);
      int to = (from + 1 + random.nextInt(Workload.ACCOUNTS - 1)) % Workload.ACCOUNTS;
      return new Request.Transfer(from, to, 1 + random.nextInt(80));
    }
    if (dice < 87 && session.isPresent()) {
      return ephemeral(db, tag, session.get());
    }
    int owner = random.nextInt(Workload.OWNERS);
    int badge = random.nextInt(Workload.BADGES);
    return dice < 94 ? new Request.Claim(owner, badge) : new Request.Release(owner, badge);
  }

  private Request.Write ephemeral(Db db, long tag, UUID session) {
    int dice = random.nextInt(100);
    List<UUID> open = dice < 4 ? List.copyOf(Workload.openSessions(db).keySet()) : List.of();
    if (!open.isEmpty()) {
      return new Request.End(open.get(random.nextInt(open.size())));
    }
    int seat = random.nextInt(Workload.SEATS);
    return dice < 70 ? new Request.Sit(seat, session, tag) : new Request.Rise(seat);
  }

  /// A read; as-of ones of any t up to the basis.
  Request.Read read(long basisT) {
    int dice = random.nextInt(100);
    Thing thing = thing();
    if (dice < 60) {
      return new Request.Read(thing, Request.Mode.LOCAL, 0);
    }
    if (dice < 70) {
      return new Request.Read(thing, Request.Mode.SYNC, 0);
    }
    return new Request.Read(thing, Request.Mode.AS_OF, 1 + random.nextLong(Math.max(1, basisT)));
  }

  private Thing thing() {
    return switch (random.nextInt(7)) {
      case 0 -> Thing.list(random.nextInt(Workload.LISTS));
      case 1 -> Thing.register(random.nextInt(Workload.REGISTERS));
      case 2 -> Thing.cell(random.nextInt(Workload.CELLS));
      case 3 -> Thing.badge(random.nextInt(Workload.BADGES));
      case 4 -> Thing.seat(random.nextInt(Workload.SEATS));
      case 5 -> Thing.PRESENCE;
      default -> Thing.BANK;
    };
  }
}
