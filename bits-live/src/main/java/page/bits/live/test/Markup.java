/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.test;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds elements in the text of a page. Knows just enough of HTML: quoted attributes, comments,
/// and elements whose content is text.
final class Markup {
  private static final Pattern RAW = Pattern.compile("script|style|textarea|title");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");

  private Markup() {}

  /// From the `<` of an element to behind its end tag.
  record Span(int from, int to) {
    String of(String html) {
      return html.substring(from, to);
    }
  }

  /// The element with that id; from -1 when there is none.
  static Span element(String html, String id) {
    int from = 0;
    while (from < html.length()) {
      int tag = html.indexOf('<', from);
      if (tag < 0) {
        break;
      }
      int end = tagEnd(html, tag);
      if (!name(html, tag).isEmpty() && html.substring(tag, end).contains(" id=\"" + id + "\"")) {
        return new Span(tag, elementEnd(html, tag));
      }
      from = afterTag(html, tag, end);
    }
    return new Span(-1, -1);
  }

  /// The id of the first element whose id the pattern matches as a whole; empty when there is none.
  static String firstId(String html, Pattern ids) {
    Matcher all = Pattern.compile(" id=\"([^\"]*)\"").matcher(html);
    while (all.find()) {
      if (ids.matcher(all.group(1)).matches()) {
        return all.group(1);
      }
    }
    return "";
  }

  private static int elementEnd(String html, int tag) {
    String name = name(html, tag);
    int depth = 0;
    int at = tag;
    while (at < html.length()) {
      int end = tagEnd(html, at);
      if (name(html, at).equals(name)) {
        boolean isEnd = html.startsWith("</", at);
        depth += isEnd ? -1 : 1;
        if (depth == 0) {
          return end;
        }
      }
      int next = html.indexOf('<', afterTag(html, at, end));
      if (next < 0) {
        break;
      }
      at = next;
    }
    throw new AssertionError("an element without its end tag: " + name);
  }

  /// Where to go on behind a tag: text that is no markup is passed over.
  private static int afterTag(String html, int tag, int end) {
    String name = name(html, tag);
    if (!html.startsWith("</", tag) && RAW.matcher(name).matches()) {
      int close = html.toLowerCase(Locale.ROOT).indexOf("</" + name, end);
      return close < 0 ? html.length() : close;
    }
    return end;
  }

  private static String name(String html, int tag) {
    Matcher name =
        NAME.matcher(html).region(tag + (html.startsWith("</", tag) ? 2 : 1), html.length());
    return name.lookingAt() ? name.group().toLowerCase(Locale.ROOT) : "";
  }

  /// Behind the `>` of a tag or comment.
  private static int tagEnd(String html, int tag) {
    if (html.startsWith("<!--", tag)) {
      int close = html.indexOf("-->", tag);
      return close < 0 ? html.length() : close + 3;
    }
    char quote = 0;
    for (int i = tag + 1; i < html.length(); i++) {
      char c = html.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return i + 1;
      }
    }
    return html.length();
  }

  /// What a reader sees of it: no tags, characters instead of entities, one space between words.
  static String text(String html) {
    return html.replaceAll("(?s)<!--.*?-->|<[^>]*>", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
