/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

final class GzipStreamTest {
  private static byte[] joined(byte[]... pieces) {
    var out = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void stream_ofAHeartbeat_isTheseBytes() {
    var gzip = new GzipStream();

    assertThat(hex(gzip.next(Block.of(": \n\n"))))
        .isEqualTo("1f8b08000000000000ff" + "000400fbff" + "3a200a0a");
    assertThat(hex(gzip.next(Block.of(": \n\n")))).isEqualTo("000400fbff3a200a0a");
    assertThat(hex(gzip.end())).isEqualTo("010000ffff" + "36cd58e8" + "08000000");
  }

  @Test
  void stream_ofSharedAndOwnBlocks_isOneGzipMember() throws IOException {
    var random = new Random(7);
    var shared = new ArrayList<Block>();
    for (int i = 0; i < 8; i++) {
      shared.add(Block.of(text(random, 20_000)));
    }
    for (int reader = 0; reader < 20; reader++) {
      var gzip = new GzipStream();
      var sent = new ByteArrayOutputStream();
      var plain = new StringBuilder();
      for (int i = 0; i < 30; i++) {
        Block block =
            switch (random.nextInt(3)) {
              case 0 -> shared.get(random.nextInt(shared.size()));
              case 1 -> Block.join(List.of(Block.of(text(random, 300)), shared.getFirst()));
              default -> Block.of(text(random, 300));
            };
        sent.writeBytes(gzip.next(block));
        plain.append(new String(block.plain(), StandardCharsets.UTF_8));
      }
      sent.writeBytes(gzip.end());

      var in = new GZIPInputStream(new ByteArrayInputStream(sent.toByteArray()));
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .as("checksum and length are checked by the reader")
          .isEqualTo(plain.toString());
    }
  }

  private static String text(Random random, int most) {
    var text = new StringBuilder();
    int size = random.nextInt(most);
    while (text.length() < size) {
      text.append("<li class=\"post\">").append(random.nextInt(50)).append(" größer</li>\n");
    }
    return text.toString();
  }

  @Test
  void block_alone_refersToNothingBeforeIt() throws DataFormatException {
    var random = new Random(11);
    for (int i = 0; i < 200; i++) {
      Block block = Block.of(text(random, 5_000));
      var inflater = new Inflater(/* nowrap= */ true);
      inflater.setInput(block.deflated());
      byte[] out = new byte[block.size() + 1];

      int count = inflater.inflate(out);

      assertThat(count).isEqualTo(block.size());
      assertThat(out).startsWith(block.plain());
      assertThat(inflater.getRemaining()).as("whole bytes").isZero();
      assertThat(inflater.finished()).as("not the last of its stream").isFalse();
      inflater.end();
    }
  }

  @Test
  void block_ofLargeText_isAFractionOfIt() {
    Block block = Block.of(text(new Random(3), 20_000).repeat(4));

    assertThat(block.deflated().length).isLessThan(block.size() / 5);
    assertThat(block.deflated()).isSameAs(block.deflated());
  }

  @Test
  void crc_ofPieces_isThatOfTheWhole() {
    var random = new Random(5);
    for (int i = 0; i < 300; i++) {
      byte[] first = new byte[random.nextInt(2000)];
      byte[] second = new byte[random.nextInt(2000)];
      random.nextBytes(first);
      random.nextBytes(second);

      assertThat(Crc.joined(crc(first), crc(second), second.length))
          .isEqualTo(crc(joined(first, second)));
    }
  }

  private static int crc(byte[] bytes) {
    var sum = new CRC32();
    sum.update(bytes);
    return (int) sum.getValue();
  }
}
