/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The links of a profile as people write them: one in a line, a label and an address, or an
/// address alone. Stateless.
public final class Links {
  /// The most links of a profile.
  public static final int COUNT_MAX = 6;

  private static final int LABEL_MAX = 40;
  private static final int URL_MAX = 300;
  private static final Set<String> SCHEMES = Set.of("http", "https", "mailto");

  /// What became of a text.
  public sealed interface Parsed {
    record Good(List<Link> links) implements Parsed {
      public Good {
        links = List.copyOf(links);
      }
    }

    /// A sentence for the writer.
    record Wrong(String sentence) implements Parsed {}
  }

  private Links() {}

  /// The links of a text that was accepted; lines that are no links are left out.
  public static List<Link> of(String text) {
    return text.lines().map(Links::line).filter(Line::isGood).map(Line::link).toList();
  }

  /// Judges a text line by line.
  public static Parsed parse(String text) {
    var links = new ArrayList<Link>();
    int number = 0;
    for (String written : text.lines().toList()) {
      number++;
      if (written.isBlank()) {
        continue;
      }
      Line line = line(written);
      if (!line.isGood()) {
        return new Parsed.Wrong("Line " + number + ": " + line.error());
      }
      links.add(line.link());
    }
    return links.size() > COUNT_MAX
        ? new Parsed.Wrong("At most " + COUNT_MAX + " links, please.")
        : new Parsed.Good(links);
  }

  /// Links as text, in the form in which they are stored and edited.
  public static String text(List<Link> links) {
    var text = new StringBuilder();
    for (Link link : links) {
      text.append(link.label()).append(' ').append(link.url()).append('\n');
    }
    return text.toString().strip();
  }

  /// One line: a link, or what is wrong with it.
  private record Line(Link link, String error) {
    boolean isGood() {
      return error.isEmpty();
    }

    static Line wrong(String error) {
      return new Line(new Link("", ""), error);
    }
  }

  private static Line line(String written) {
    String text = written.strip();
    int space = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'));
    String url = text.substring(space + 1);
    String label = space < 0 ? "" : text.substring(0, space).strip();
    if (url.length() > URL_MAX) {
      return Line.wrong("an address has at most " + URL_MAX + " characters.");
    }
    URI parsed;
    try {
      parsed = new URI(url);
    } catch (URISyntaxException _) {
      return Line.wrong("the last word has to be an address, such as https://example.org");
    }
    String scheme = parsed.getScheme() == null ? "" : parsed.getScheme().toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme) || !isComplete(parsed, scheme)) {
      return Line.wrong("an address begins with https://, http:// or mailto:");
    }
    String shown = label.isEmpty() ? plain(parsed, scheme) : label;
    return shown.codePointCount(0, shown.length()) > LABEL_MAX
        ? Line.wrong("a label has at most " + LABEL_MAX + " characters.")
        : new Line(new Link(shown, parsed.toString()), "");
  }

  private static boolean isComplete(URI url, String scheme) {
    return scheme.equals("mailto")
        ? url.getSchemeSpecificPart().contains("@")
        : url.getHost() != null && url.getUserInfo() == null;
  }

  private static String plain(URI url, String scheme) {
    String address = scheme.equals("mailto") ? url.getSchemeSpecificPart() : url.getHost();
    return address.startsWith("www.") ? address.substring(4) : address;
  }
}
