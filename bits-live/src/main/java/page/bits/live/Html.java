/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A piece of HTML: markup that is already escaped, and holes where other fragments stand.
///
/// Immutable, with value equality. Text becomes HTML only through [#of(String)], which escapes it,
/// or [#trusted(String)], which says that somebody (a template engine) did.
public final class Html {
  private static final Html EMPTY = new Html(List.of());

  private final List<Part> parts;

  private Html(List<Part> parts) {
    this.parts = parts;
  }

  /// A part of a piece of HTML.
  public sealed interface Part {
    /// Escaped markup.
    record Markup(String html) implements Part {}

    /// The place of another fragment.
    record Hole(Fragment<?> fragment, Object params) implements Part {}
  }

  public static Html empty() {
    return EMPTY;
  }

  /// Text, escaped for element content and quoted attribute values.
  public static Html of(String text) {
    return trusted(escape(text));
  }

  /// Markup that is escaped already; never pass text of a user.
  public static Html trusted(String markup) {
    return markup.isEmpty() ? EMPTY : new Html(List.of(new Part.Markup(markup)));
  }

  /// These pieces, one after the other.
  public static Html join(List<Html> pieces) {
    var builder = new Builder();
    pieces.forEach(builder::add);
    return builder.build();
  }

  static Html hole(Fragment<?> fragment, Object params) {
    return new Html(List.of(new Part.Hole(fragment, Objects.requireNonNull(params))));
  }

  /// The parts, in order; no two markups are neighbours.
  public List<Part> parts() {
    return parts;
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof Html html && parts.equals(html.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /// For debugging: the markup, with the names of the fragments in the holes.
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Markup(String html) -> text.append(html);
        case Part.Hole(Fragment<?> fragment, Object params) ->
            text.append('{').append(fragment.name()).append(' ').append(params).append('}');
      }
    }
    return text.toString();
  }

  private static String escape(String text) {
    var out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&#34;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /// Collects a piece of HTML; confined to one thread.
  public static final class Builder {
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder markup = new StringBuilder();

    public Builder() {}

    /// Adds markup that is escaped already.
    public Builder markup(CharSequence escaped, int from, int to) {
      markup.append(escaped, from, to);
      return this;
    }

    /// Adds markup that is escaped already.
    public Builder markup(String escaped) {
      markup.append(escaped);
      return this;
    }

    /// Adds another piece.
    public Builder add(Html html) {
      for (Part part : html.parts) {
        switch (part) {
          case Part.Markup(String escaped) -> markup.append(escaped);
          case Part.Hole hole -> {
            flush();
            parts.add(hole);
          }
        }
      }
      return this;
    }

    public Html build() {
      flush();
      return parts.isEmpty() ? EMPTY : new Html(List.copyOf(parts));
    }

    private void flush() {
      if (!markup.isEmpty()) {
        parts.add(new Part.Markup(markup.toString()));
        markup.setLength(0);
      }
    }
  }
}
