/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.text;

import java.util.List;
import java.util.Map;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/// Markdown to HTML. Stateless and thread-safe; the same text gives the same HTML on every node.
///
/// Twice safe: the renderer writes HTML of the writer as text, and what it makes passes an
/// allow-list of elements and four attributes. There is no `id`, `name`, `style`, `class`, no
/// `hx-*`, no handler, and a link leads to http, https or mailto only.
public final class Markdown {
  private static final int HEADING_BELOW = 2; // a post lies under the page's h1 and h2
  private static final int HEADING_MAX = 6;

  /// Says that a link is the writer's. A text of ours, since the sanitizer's own way to add it puts
  /// the words in another order in each process.
  private static final String REL = "nofollow ugc noopener";

  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(AutolinkExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.NONE)
          .maxOpenBlockParsers(30) // deep nesting is never meant, and costs
          .build();

  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .escapeHtml(true)
          .sanitizeUrls(true)
          .softbreak("<br>\n") // a line that the writer ended stays a line
          .attributeProviderFactory(_ -> Markdown::mark)
          .build();

  private static final PolicyFactory POLICY =
      new HtmlPolicyBuilder()
          .allowElements("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "a")
          .allowElements("ul", "ol", "li", "h3", "h4", "h5", "h6")
          .allowAttributes("href", "title")
          .onElements("a")
          .allowAttributes("rel")
          .matching(REL::equals)
          .onElements("a")
          .allowAttributes("start")
          .onElements("ol")
          .allowUrlProtocols("http", "https", "mailto")
          .toFactory();

  private Markdown() {}

  private static void mark(Node node, String tag, Map<String, String> attributes) {
    if (node instanceof Link) {
      attributes.put("rel", REL);
    }
  }

  /// The HTML of a text: balanced, and nothing but what the allow-list names.
  public static String html(String text) {
    Node document = PARSER.parse(text);
    document.accept(new Tame());
    return POLICY.sanitize(RENDERER.render(document)).strip();
  }

  /// Headings go below those of the page; an image becomes a link to it, since a page shows nothing
  /// that another server could count.
  private static final class Tame extends AbstractVisitor {
    @Override
    public void visit(Heading heading) {
      heading.setLevel(Math.min(HEADING_MAX, heading.getLevel() + HEADING_BELOW));
      visitChildren(heading);
    }

    @Override
    public void visit(Image image) {
      visitChildren(image);
      var link = new Link(image.getDestination(), image.getTitle());
      Node child = image.getFirstChild();
      while (child != null) {
        Node next = child.getNext();
        link.appendChild(child);
        child = next;
      }
      image.insertAfter(link);
      image.unlink();
    }
  }
}
