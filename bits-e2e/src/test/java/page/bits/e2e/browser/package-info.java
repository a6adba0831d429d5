/// Tests in the system's Chromium: what a person sees. [page.bits.e2e.browser.Board] is a small
/// site in this process, which most of them look at; [page.bits.e2e.browser.Window] is one tab.
@NullMarked
package page.bits.e2e.browser;

import org.jspecify.annotations.NullMarked;
