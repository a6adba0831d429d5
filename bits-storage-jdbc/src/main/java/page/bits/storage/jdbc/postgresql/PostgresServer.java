/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import page.bits.db.spi.BitsUri;
import page.bits.storage.jdbc.shared.JdbcErrors;

/// Where a server is and as whom to go there. Its text has no password.
record PostgresServer(
    String host,
    int port,
    String database,
    String user,
    Secret password,
    @Nullable String sslMode) {
  private static final String SHAPE = "//HOST:PORT/DATABASE";
  private static final Pattern LOCATION =
      Pattern.compile("//(\\[[0-9a-fA-F:.]+]|[^/:@?\\[\\]]+)(?::([0-9]{1,5}))?/([^/?]+)");
  private static final int PORT_USUAL = 5432;
  private static final int PORT_MAX = 65_535;

  /// Reads the URI; user and password may also stand in PGUSER and PGPASSWORD, as for psql.
  static PostgresServer of(BitsUri uri, UnaryOperator<@Nullable String> environment) {
    Matcher location = LOCATION.matcher(uri.location());
    if (!location.matches()) {
      throw JdbcErrors.invalidParameter("location", SHAPE);
    }
    String port = location.group(2);
    if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > PORT_MAX)) {
      throw JdbcErrors.invalidParameter("location", SHAPE + ", a port from 1 to " + PORT_MAX);
    }
    return new PostgresServer(
        location.group(1),
        port == null ? PORT_USUAL : Integer.parseInt(port),
        location.group(3),
        setting(uri, "user", "PGUSER", environment)
            .orElseThrow(() -> JdbcErrors.invalidParameter("user", "user=NAME, or PGUSER")),
        new Secret(setting(uri, "password", "PGPASSWORD", environment).orElse("")),
        uri.parameter("sslmode").orElse(null));
  }

  private static Optional<String> setting(
      BitsUri uri, String parameter, String variable, UnaryOperator<@Nullable String> environment) {
    return uri.parameter(parameter).or(() -> Optional.ofNullable(environment.apply(variable)));
  }

  String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + encoded(database);
  }

  private static String encoded(String name) {
    return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }

  @Override
  public String toString() {
    return "//" + host + ":" + port + "/" + database;
  }

  /// A text that never prints.
  record Secret(String text) {
    @Override
    public String toString() {
      return "…";
    }
  }
}
