/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;

class ProcessRecordTest {
  private static final DatabaseId DATABASE = new DatabaseId(new UUID(1, 2));

  @Test
  void of_bytes_isTheSame() {
    var record =
        new ProcessRecord(
            7, 2, 1_700_000_000_000L, 4711, "höst", "1.2", "peer", Map.of(DATABASE, 9L));
    assertThat(ProcessRecord.of(record.bytes())).isEqualTo(record);
  }

  @Test
  void of_manyDatabases_namesSomeOfThem() {
    var positions = new HashMap<DatabaseId, Long>();
    for (int i = 0; i < 1000; i++) {
      positions.put(new DatabaseId(new UUID(i, i)), (long) i);
    }
    var record = new ProcessRecord(1, 2, 0, 0, "x".repeat(500), "", "", positions);
    ProcessRecord read = ProcessRecord.of(record.bytes());
    assertThat(read.positions()).hasSize(ProcessRecord.POSITIONS_MAX);
    assertThat(read.host()).hasSize(100);
  }

  @Test
  void of_newerFormat_orCutShort_knowsTheBeat() {
    byte[] bytes = new ProcessRecord(7, 2, 1, 1, "h", "b", "r", Map.of()).bytes().toArray();
    bytes[0] = 9;
    assertThat(ProcessRecord.of(Bytes.wrap(bytes)).beat()).isEqualTo(7);
    bytes[0] = 1;
    assertThat(ProcessRecord.of(Bytes.wrap(java.util.Arrays.copyOf(bytes, 20))).beat())
        .isEqualTo(7);
    assertThat(ProcessRecord.of(Bytes.empty()).beat()).isZero();
  }
}
