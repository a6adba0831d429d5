/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import page.bits.testkit.Await;

/// Plain HTTP requests of the tests.
public final class Http {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private Http() {}

  public static HttpResponse<String> get(String address) {
    try {
      var request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(10));
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer from " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// Asks until the answer is 200.
  public static void awaitOk(String address) {
    Await.until(address + " answers 200", () -> isOk(address));
  }

  private static boolean isOk(String address) {
    try {
      return get(address).statusCode() == 200;
    } catch (AssertionError e) {
      if (e.getCause() instanceof IOException) {
        return false;
      }
      throw e;
    }
  }
}
