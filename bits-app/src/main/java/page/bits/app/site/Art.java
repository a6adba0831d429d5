/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import page.bits.app.feed.Creator;
import page.bits.live.Site;

/// The pictures that come with the application: an avatar and a banner for each sample creator. A
/// creator without one gets a colour and a letter.
public final class Art {
  private static final List<String> NAMES = List.of("anouk", "june", "mira", "tadeo");
  private static final Map<String, String> ADDRESSES = addresses();

  private Art() {}

  private static Map<String, String> addresses() {
    var addresses = new HashMap<String, String>();
    for (String name : NAMES) {
      for (String file : List.of(avatarFile(name), bannerFile(name))) {
        addresses.put(file, Site.assetAddress(file, bytes(file)));
      }
    }
    return Map.copyOf(addresses);
  }

  private static String avatarFile(String name) {
    return "art/" + name + "-avatar.svg";
  }

  private static String bannerFile(String name) {
    return "art/" + name + "-banner.svg";
  }

  private static byte[] bytes(String file) {
    try (InputStream in = Art.class.getResourceAsStream("/page/bits/app/" + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException unreadable) {
      throw new IllegalStateException("not readable: " + file, unreadable);
    }
  }

  /// Makes a site serve the pictures.
  static void declare(Site site, Class<?> beside) {
    ADDRESSES.keySet().forEach(file -> site.asset(file, beside));
  }

  public static boolean hasAvatar(Creator creator) {
    return ADDRESSES.containsKey(avatarFile(creator.art()));
  }

  public static boolean hasBanner(Creator creator) {
    return ADDRESSES.containsKey(bannerFile(creator.art()));
  }

  public static String avatar(Creator creator) {
    return address(avatarFile(creator.art()));
  }

  public static String banner(Creator creator) {
    return address(bannerFile(creator.art()));
  }

  private static String address(String file) {
    return Objects.requireNonNull(ADDRESSES.get(file), file);
  }
}
