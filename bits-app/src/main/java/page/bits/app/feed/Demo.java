/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.feed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import page.bits.db.Connection;
import page.bits.db.Tx;

/// The sample creators. Adding them again does nothing: each is a transaction that happens once for
/// ever, whichever node comes first.
public final class Demo {
  private static final List<Creator> CREATORS =
      List.of(
          new Creator(
              "mira", "Mira Solheim", "Ceramics from a shed by the fjord. New glazes on Fridays."),
          new Creator(
              "tadeo", "Tadeo Ruiz", "One guitar, one microphone, too many unfinished songs."),
          new Creator("anouk", "Anouk Bakker", "I draw the trains that I take."));

  private static final Map<String, List<String>> POSTS =
      Map.of(
          "mira",
          List.of(
              "The kiln is back. First firing tonight.",
              "The ash glaze came out green. I did not plan that, and I will take it."),
          "tadeo",
          List.of("Recorded the bridge eleven times. It was the second take."),
          "anouk",
          List.of("Rotterdam to Groningen: 2 h 40 min, one page, and somebody's sleeping dog."));

  private Demo() {}

  /// Adds what is missing of them.
  public static void ensure(Connection connection) {
    for (Creator creator : CREATORS) {
      once(connection, "creator " + creator.handle(), List.of(forms(creator)));
      for (String text : POSTS.getOrDefault(creator.handle(), List.of())) {
        once(connection, "post " + text, new ArrayList<>(Feed.post(creator.handle(), text)));
      }
    }
  }

  private static Map<String, Object> forms(Creator creator) {
    return Map.of(
        ":creator/handle", creator.handle(),
        ":creator/name", creator.name(),
        ":creator/bio", creator.bio());
  }

  private static void once(Connection connection, String name, List<?> forms) {
    byte[] text = ("bits-demo-1 " + name).getBytes(StandardCharsets.UTF_8);
    connection.transact(Tx.of(forms).id(UUID.nameUUIDFromBytes(text)));
  }
}
