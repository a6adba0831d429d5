/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import page.bits.live.Site;

/// The files of a site under names that hold the hash of their bytes. Immutable once made.
final class Assets {
  static final String HTMX = "htmx.js";
  static final String LIVE = "bits-live.js";

  private final Map<String, String> addresses = new HashMap<>();
  private final Map<String, LiveResponse.Whole> answers = new HashMap<>();

  Assets(Site site) {
    add(HTMX, own("htmx.min.js"));
    add(LIVE, own("bits-tabs.js", "bits-forms.js", "bits-live.js"));
    site.assets().forEach(this::add);
  }

  /// Files of the live layer, one after the other.
  private static byte[] own(String... names) {
    var all = new ByteArrayOutputStream();
    for (String name : names) {
      try (InputStream in = Site.class.getResourceAsStream("assets/" + name)) {
        if (in == null) {
          throw new IllegalStateException("asset not built: " + name);
        }
        in.transferTo(all);
      } catch (IOException unreadable) {
        throw new IllegalStateException("asset not readable: " + name, unreadable);
      }
    }
    return all.toByteArray();
  }

  private void add(String name, byte[] bytes) {
    int dot = name.lastIndexOf('.');
    String end = dot < 0 ? "" : name.substring(dot);
    String address = Site.assetAddress(name, bytes);
    addresses.put(name, address);
    answers.put(
        address,
        LiveResponse.of(200, type(end), bytes)
            .with("Cache-Control", "public, max-age=31536000, immutable")
            .with("X-Content-Type-Options", "nosniff"));
  }

  /// The address of an asset.
  String address(String name) {
    String address = addresses.get(name);
    if (address == null) {
      throw new IllegalArgumentException("no asset " + name);
    }
    return address;
  }

  Optional<LiveResponse.Whole> answer(String path) {
    return Optional.ofNullable(answers.get(path));
  }

  private static String type(String end) {
    return switch (end) {
      case ".js" -> "text/javascript; charset=utf-8";
      case ".css" -> "text/css; charset=utf-8";
      case ".svg" -> "image/svg+xml";
      case ".png" -> "image/png";
      case ".jpg" -> "image/jpeg";
      case ".webp" -> "image/webp";
      case ".woff2" -> "font/woff2";
      case ".ico" -> "image/x-icon";
      default -> "application/octet-stream";
    };
  }
}
