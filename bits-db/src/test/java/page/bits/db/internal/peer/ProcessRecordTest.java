/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import page.bits.db.UnresolvedAppend;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;

class ProcessRecordTest {
  private static final DatabaseId DATABASE = new DatabaseId(new UUID(1, 2));

  @Test
  void of_bytes_isTheSame() {
    var record =
        new ProcessRecord(
            7,
            2,
            1_700_000_000_000L,
            4711,
            "höst",
            "1.2",
            "peer",
            Map.of(DATABASE, 9L),
            Map.of(DATABASE, append(2)));
    assertThat(ProcessRecord.of(record.bytes())).isEqualTo(record);
  }

  @Test
  void of_bytesOfAnEarlierBuild_saysNothingOfAppends() {
    var record = new ProcessRecord(7, 2, 1, 1, "h", "b", "r", Map.of(DATABASE, 9L), Map.of());
    byte[] now = record.bytes().toArray();
    byte[] earlier = Arrays.copyOf(now, now.length - 1); // it ended before the count of appends
    assertThat(ProcessRecord.of(Bytes.wrap(earlier))).isEqualTo(record);
  }

  @Test
  void of_manyUnresolvedAppends_namesSomeOfThem() {
    var unresolved = new HashMap<DatabaseId, UnresolvedAppend>();
    for (int i = 0; i < 100; i++) {
      unresolved.put(new DatabaseId(new UUID(i, i)), append(1000));
    }
    var record = new ProcessRecord(1, 2, 0, 0, "", "", "", Map.of(), unresolved);
    Map<DatabaseId, UnresolvedAppend> read = ProcessRecord.of(record.bytes()).unresolved();
    assertThat(read).hasSize(ProcessRecord.UNRESOLVED_MAX);
    assertThat(read.values())
        .allSatisfy(
            append ->
                assertThat(append.submissions())
                    .isEqualTo(append(ProcessRecord.SUBMISSIONS_MAX).submissions()));
  }

  private static UnresolvedAppend append(int submissions) {
    var ids = new ArrayList<UUID>();
    for (int i = 0; i < submissions; i++) {
      ids.add(new UUID(3, i));
    }
    return new UnresolvedAppend(10, Instant.ofEpochMilli(1_700_000_000_123L), ids);
  }

  @Test
  void of_manyDatabases_namesSomeOfThem() {
    var positions = new HashMap<DatabaseId, Long>();
    for (int i = 0; i < 1000; i++) {
      positions.put(new DatabaseId(new UUID(i, i)), (long) i);
    }
    var record = new ProcessRecord(1, 2, 0, 0, "x".repeat(500), "", "", positions, Map.of());
    ProcessRecord read = ProcessRecord.of(record.bytes());
    assertThat(read.positions()).hasSize(ProcessRecord.POSITIONS_MAX);
    assertThat(read.host()).hasSize(100);
  }

  @Test
  void of_newerFormat_orCutShort_knowsTheBeat() {
    byte[] bytes =
        new ProcessRecord(7, 2, 1, 1, "h", "b", "r", Map.of(), Map.of()).bytes().toArray();
    bytes[0] = 9;
    assertThat(ProcessRecord.of(Bytes.wrap(bytes)).beat()).isEqualTo(7);
    bytes[0] = 1;
    assertThat(ProcessRecord.of(Bytes.wrap(Arrays.copyOf(bytes, 20))).beat()).isEqualTo(7);
    assertThat(ProcessRecord.of(Bytes.empty()).beat()).isZero();
  }
}
