/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.error.BitsException;
import page.bits.live.LiveError;

/// The application on a port.
final class AppTest {
  private final String uri = "bits:mem:app-" + UUID.randomUUID();
  private final Connection connection = Bits.connect(uri);
  private final App app = App.start(connection, AppOptions.demo(0));

  @AfterEach
  void close() {
    app.close();
    connection.close();
    Bits.delete(uri);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(app.url()).resolve(path));
  }

  @Test
  void url_isAPageOnThisMachineOnly() throws Exception {
    assertThat(app.url()).isEqualTo("http://127.0.0.1:" + app.port() + "/");
    assertThat(send(request("/")).body()).contains("Mira Solheim");
    assertThat(send(request("/c/nobody")).statusCode()).isEqualTo(404);
  }

  @Test
  void signIn_underTls_givesACookieThatOnlyTlsBrings() throws Exception {
    HttpResponse<String> answer =
        send(
            request("/sign-in")
                .header("X-Forwarded-Proto", "https")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("name=mira&password=open+house")));

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().allValues("Set-Cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith("__Host-bits-visitor=")
                    .contains("; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=2592000"));
  }

  @Test
  void post_fromAnotherSite_changesNothing() throws Exception {
    HttpResponse<String> answer =
        send(
            request("/sign-in")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("name=mira&password=open+house")));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(connection.db().query("[:find ?s :where [?s :session/key]]").column(Long.class))
        .isEmpty();
  }

  @Test
  void start_portTaken_saysSo() {
    assertThatThrownBy(() -> App.start(connection, new AppOptions("127.0.0.1", app.port(), false)))
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.is(LiveError.PORT_BUSY)).isTrue());
  }
}
