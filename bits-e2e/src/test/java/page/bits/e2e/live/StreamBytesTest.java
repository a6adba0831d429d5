/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.live.LiveSettings;
import page.bits.testkit.Await;
import page.bits.testkit.process.Children;

/// The bytes of streams as other programs read them: curl decodes one as it arrives (zlib), gzip
/// another from its beginning to its end (an inflater of its own).
final class StreamBytesTest {
  @TempDir private Path folder;

  private Process start(File out, String... command) throws IOException {
    return Children.add(
        new ProcessBuilder(List.of(command))
            .redirectOutput(out)
            .redirectError(folder.resolve("errors").toFile())
            .start());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void stream_gzipped_isDecodedByOthersAsItArrivesAndWhole() throws Exception {
    Path plain = folder.resolve("plain");
    Path decoded = folder.resolve("decoded");
    Path raw = folder.resolve("raw.gz");
    Path whole = folder.resolve("whole");
    try (var wall = new Wall(LiveSettings.standard().drain(Duration.ofMillis(50)), 2_000)) {
      String stream = wall.stream("topic");
      Process one = start(plain.toFile(), "curl", "-sN", stream);
      Process two = start(decoded.toFile(), "curl", "-sN", "--compressed", stream);
      Process three = start(raw.toFile(), "curl", "-sN", "-H", "Accept-Encoding: gzip", stream);
      for (int i = 0; i < 5; i++) {
        String text = "post number " + i;
        wall.post("topic", text);
        Await.until("plain has " + text, () -> text(plain).contains(text));
        Await.until("decoded has " + text, () -> text(decoded).contains(text));
      }
      wall.drain();
      assertThat(List.of(one.waitFor(), two.waitFor(), three.waitFor()))
          .as("each stream has its proper end")
          .containsOnly(0);
    }
    Process gzip = start(whole.toFile(), "gzip", "-dc", raw.toString());
    assertThat(gzip.waitFor()).as("checksum and length").isZero();

    assertThat(text(decoded)).isEqualTo(text(plain)).endsWith("event: drain\ndata: \n\n");
    assertThat(text(whole)).isEqualTo(text(plain));
    assertThat(Files.size(raw)).isLessThan(Files.size(plain) / 3);
  }
}
