/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import page.bits.live.Action;
import page.bits.live.Page;
import page.bits.live.PathPattern;
import page.bits.live.Site;

/// Finds the page or action of a path. Fixed segments win over variables by order of declaration.
final class Routes {
  private final List<Page> pages;
  private final List<Action<?>> actions;

  /// What a path leads to, and the variables in it.
  record Found<X>(X what, Map<String, String> variables) {}

  Routes(Site site) {
    this.pages = site.pages();
    this.actions = site.actions();
  }

  Optional<Found<Page>> page(String path) {
    return find(pages, Page::pattern, path);
  }

  Optional<Found<Action<?>>> action(String path) {
    return find(actions, Action::pattern, path);
  }

  private static <X> Optional<Found<X>> find(
      List<? extends X> all, Function<X, PathPattern> pattern, String path) {
    for (X each : all) {
      Optional<Map<String, String>> variables = pattern.apply(each).match(path);
      if (variables.isPresent()) {
        return Optional.of(new Found<>(each, new LinkedHashMap<>(variables.get())));
      }
    }
    return Optional.empty();
  }
}
