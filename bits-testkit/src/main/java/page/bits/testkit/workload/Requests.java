/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.workload;

import java.util.Random;
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
  /// the given value has, which may be old.
  Request.Write write(Db db, long tag) {
    int dice = random.nextInt(100);
    if (dice < 35) {
      return new Request.Append(random.nextInt(Workload.LISTS), tag);
    }
    if (dice < 50) {
      return new Request.Put(random.nextInt(Workload.REGISTERS), tag);
    }
    if (dice < 65) {
      int cell = random.nextInt(Workload.CELLS);
      return new Request.Cas(cell, Workload.state(db, Thing.cell(cell)), tag);
    }
    if (dice < 85) {
      int from = random.nextInt(Workload.ACCOUNTS);
      int to = (from + 1 + random.nextInt(Workload.ACCOUNTS - 1)) % Workload.ACCOUNTS;
      return new Request.Transfer(from, to, 1 + random.nextInt(80));
    }
    int owner = random.nextInt(Workload.OWNERS);
    int badge = random.nextInt(Workload.BADGES);
    return dice < 92 ? new Request.Claim(owner, badge) : new Request.Release(owner, badge);
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
    return switch (random.nextInt(5)) {
      case 0 -> Thing.list(random.nextInt(Workload.LISTS));
      case 1 -> Thing.register(random.nextInt(Workload.REGISTERS));
      case 2 -> Thing.cell(random.nextInt(Workload.CELLS));
      case 3 -> Thing.badge(random.nextInt(Workload.BADGES));
      default -> Thing.BANK;
    };
  }
}
