/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import page.bits.db.Connection;
import page.bits.db.DbError;
import page.bits.error.BitsException;

/// The key of this database's hashes of names and addresses. Immutable.
///
/// It is a fact, so that every node has the same one. Without it nobody can try all addresses
/// against the hashes that an excised history or an exported part of the database holds.
public final class Secret {
  private static final int BYTES = 32;
  private static final int SHOWN_BYTES = 16;
  private static final List<Object> ENTITY = List.of(":secret/name", "attempts");

  private final SecretKeySpec key;

  private Secret(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /// The secret of a database; made by the first node that asks. The schema must be there.
  public static Secret of(Connection connection, SecureRandom random) {
    if (key(connection).isEmpty()) {
      make(connection, random);
    }
    return new Secret(HexFormat.of().parseHex(key(connection).orElseThrow()));
  }

  private static Optional<String> key(Connection connection) {
    return connection.db().pull("[:secret/key]", ENTITY).string(":secret/key");
  }

  private static void make(Connection connection, SecureRandom random) {
    connection.transact(List.of(Map.of(":secret/name", "attempts")));
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    try {
      connection.transact(
          List.of(
              Arrays.asList(
                  ":db/cas", ENTITY, ":secret/key", null, HexFormat.of().formatHex(bytes))));
    } catch (BitsException refused) {
      if (!refused.is(DbError.CAS_FAILED)) {
        throw refused;
      } // another node was first
    }
  }

  /// A hash that only this database can make, of a text of a kind.
  String hash(String kind, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] hash = mac.doFinal((kind + " " + text).getBytes(StandardCharsets.UTF_8));
      return kind + "-" + HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
    } catch (GeneralSecurityException impossible) { // every JDK has it
      throw new AssertionError(impossible);
    }
  }
}
