/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.e2e.BitsProcess;
import page.bits.e2e.Http;

/// The application in a browser whose script is switched off: read, sign in, post, like, sign out.
final class ScriptOffBrowserTest {
  @TempDir private Path folder;

  @Test
  void application_withoutScript_works() {
    String db = "bits:sqlite:" + folder.resolve("embedded.db");
    try (var node = BitsProcess.start(folder, "serve", "--db", db, "--port", "0", "--demo");
        var chromium = Chromium.start()) {
      Http.awaitOk(node.address() + "/-/health");
      Page page = chromium.personWithoutScript(800).newPage();
      page.navigate(node.address() + "/");
      page.locator("a[href='/c/mira']").first().click();
      assertThat(page.locator(".feed .post").count()).isGreaterThan(3);
      assertThat(page.locator(".composer").count())
          .as("who is not signed in may not write")
          .isZero();

      page.locator("a[href='/sign-in']").first().click();
      page.fill("#sign-in-name", "mira");
      page.fill("#sign-in-password", "a wrong one");
      page.click("#sign-in button");
      assertThat(page.locator("#sign-in-error").textContent()).isNotBlank();
      page.fill("#sign-in-password", page.locator(".samples-password").textContent());
      page.click("#sign-in button");

      page.locator(".composer textarea").fill("Without a script");
      page.locator(".composer button").click();
      Locator post =
          page.locator(".feed .post", new Page.LocatorOptions().setHasText("Without a script"));
      post.waitFor();
      assertThat(post.locator(".likes").textContent()).isEqualTo("0");
      post.locator("button.like").click();
      assertThat(post.locator(".likes").textContent()).isEqualTo("1");
      assertThat(post.locator("button.like").getAttribute("aria-pressed")).isEqualTo("true");

      page.locator("form[action='/sign-out'] button").click();
      page.locator("a[href='/sign-in']").first().waitFor();
      assertThat(page.locator(".composer").count()).isZero();
    }
  }
}
