/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import page.bits.edn.Edn;

/// A program written by hand that asks one question of Datomic's model; `row` is its id in the
/// checklist.
public record Probe(String row, String name, Program program) {
  private static final List<String> FILES =
      List.of("schema.edn", "transactions.edn", "queries.edn", "pull.edn", "time.edn");

  /// Row and name, which name the probe.
  public String title() {
    return row + " " + name;
  }

  /// Every probe there is, in the order of the files.
  public static List<Probe> all() {
    return FILES.stream().flatMap(Probe::read).toList();
  }

  private static Stream<Probe> read(String file) {
    return Edn.readAll(text(file)).stream()
        .map(form -> of((Map<?, ?>) Objects.requireNonNull(form)));
  }

  private static Probe of(Map<?, ?> form) {
    return new Probe(text(form, "row"), text(form, "name"), Program.of(Program.get(form, "steps")));
  }

  private static String text(Map<?, ?> form, String key) {
    return (String) Objects.requireNonNull(Program.get(form, key));
  }

  /// A resource beside the probes.
  static String text(String file) {
    try (InputStream in = Probe.class.getResourceAsStream("probes/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
