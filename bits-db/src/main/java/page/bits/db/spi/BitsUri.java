/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.spi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import page.bits.db.DbError;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// A database URI: `bits:SCHEME:LOCATION?key=value&…`. Immutable.
///
/// `db` names the database inside the storage (`main` unless given), `create=true` makes what is
/// missing, `mode=read` connects to read and follow only. [#toString()] hides passwords; only the
/// parameters themselves give them.
public final class BitsUri {
  private static final String SHAPES =
      "bits:mem:NAME, bits:sqlite:FILE or bits:postgresql://HOST:PORT/DATABASE?user=…";

  private final String scheme;
  private final String location;
  private final Map<String, String> parameters;

  private BitsUri(String scheme, String location, Map<String, String> parameters) {
    this.scheme = scheme;
    this.location = location;
    this.parameters = Collections.unmodifiableMap(parameters);
  }

  /// Reads a URI; `:bits.error/invalid-uri` when it has another shape.
  public static BitsUri parse(String text) {
    int colon = text.startsWith("bits:") ? text.indexOf(':', 5) : -1;
    if (colon <= 5 || colon + 1 >= text.length()) {
      throw invalid(text, "the shape");
    }
    String scheme = text.substring(5, colon);
    int question = text.indexOf('?', colon);
    String location = text.substring(colon + 1, question < 0 ? text.length() : question);
    if (location.isBlank()) {
      throw invalid(text, "the location");
    }
    Map<String, String> parameters =
        question < 0 ? Map.of() : parameters(text, text.substring(question + 1));
    checkMode(text, parameters);
    return new BitsUri(scheme, location, parameters);
  }

  private static Map<String, String> parameters(String text, String query) {
    var parameters = new LinkedHashMap<String, String>();
    for (String pair : java.util.List.of(query.split("&", -1))) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw invalid(text, "a parameter");
      }
      parameters.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private static void checkMode(String text, Map<String, String> parameters) {
    String mode = parameters.getOrDefault("mode", "write");
    if (!mode.equals("read") && !mode.equals("write")) {
      throw invalid(text, "mode, which is read or write");
    }
    if (mode.equals("read") && parameters.getOrDefault("create", "").equals("true")) {
      throw invalid(text, "mode=read, which makes nothing, beside create=true");
    }
  }

  private static BitsException invalid(String text, String what) {
    return new BitsException(
        DbError.INVALID_URI,
        "A database URI has another shape",
        ErrorData.of("wrong", what).and("expected", SHAPES).and("uri", redact(text)));
  }

  /// The text with every password and every user information replaced, for printing text that may
  /// not be a URI.
  public static String redact(String text) {
    return text.replaceAll("(?i)(password|secret|token)=[^&]*", "$1=…")
        .replaceAll("//[^/@?]*@", "//…@");
  }

  public String scheme() {
    return scheme;
  }

  /// What stands between the scheme and the parameters: a name, a file, or `//host:port/database`.
  public String location() {
    return location;
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  public Map<String, String> parameters() {
    return parameters;
  }

  /// Whether a connection to it only reads.
  public boolean isReadOnly() {
    return "read".equals(parameters.get("mode"));
  }

  /// The name of the database inside the storage.
  public String databaseName() {
    return parameters.getOrDefault("db", "main");
  }

  /// Text that two URIs share when they name the same storage under the same account.
  public String storageKey() {
    return scheme + ":" + location + "?" + parameters.getOrDefault("user", "");
  }

  @Override
  public String toString() {
    var text = new StringBuilder("bits:").append(scheme).append(':').append(location);
    char separator = '?';
    for (var parameter : parameters.entrySet()) {
      text.append(separator).append(parameter.getKey()).append('=').append(parameter.getValue());
      separator = '&';
    }
    return redact(text.toString());
  }
}
