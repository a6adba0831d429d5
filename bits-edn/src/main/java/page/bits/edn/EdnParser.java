/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads forms by recursive descent, no deeper than its limits. Confined to one thread.
///
/// After an error it stands inside a form and is of no more use.
final class EdnParser {
  private final EdnInput in;
  private final EdnLimits limits;
  private final EdnTokens tokens;
  private int depth;

  EdnParser(EdnInput in, EdnLimits limits) {
    this.in = in;
    this.limits = limits;
    this.tokens = new EdnTokens(in, limits);
  }

  /// The next top-level form; null at the end.
  @Nullable EdnForm topLevel() {
    in.allow(Long.MAX_VALUE);
    int c = skip();
    if (c == EdnInput.END) {
      return null;
    }
    if (isClosing(c)) {
      throw EdnErrors.closesNothing(in.position(), (char) c);
    }
    EdnPosition start = in.position();
    in.allow(limits.formChars());
    Object value = form(c);
    return new EdnForm(value, start.line(), start.column());
  }

  /// Passes blanks, comments and discarded forms; the char that is next then.
  private int skip() {
    while (true) {
      int c = skipBlanks();
      if (c != '#' || in.peekSecond() != '_') {
        return c;
      }
      if (depth == 0) {
        in.allow(limits.formChars());
      }
      discard();
      if (depth == 0) {
        in.allow(Long.MAX_VALUE);
      }
    }
  }

  private int skipBlanks() {
    while (true) {
      int c = in.peek();
      if (c == ';') {
        skipLine();
      } else if (EdnTokens.isBlank(c)) {
        in.next();
      } else {
        return c;
      }
    }
  }

  private void skipLine() {
    int c = in.peek();
    while (c != '\n' && c != '\r' && c != EdnInput.END) {
      in.next();
      c = in.peek();
    }
  }

  private void discard() {
    EdnPosition start = in.position();
    in.next();
    in.next();
    required(start, "a form to discard");
  }

  /// The form that must follow what stands at `start`: a tag or a discard.
  private @Nullable Object required(EdnPosition start, String expected) {
    enter(start);
    int c = skip();
    if (c == EdnInput.END) {
      throw EdnErrors.endInside(in.position(), start, expected);
    }
    if (isClosing(c)) {
      throw EdnErrors.missingForm(in.position(), start, expected);
    }
    Object value = form(c);
    depth--;
    return value;
  }

  private void enter(EdnPosition start) {
    if (++depth > limits.depth()) {
      throw EdnErrors.tooDeep(start, limits.depth());
    }
  }

  private static boolean isClosing(int c) {
    return c == ')' || c == ']' || c == '}';
  }

  /// The form that begins with `c`, which is next.
  private @Nullable Object form(int c) {
    return switch (c) {
      case '(' -> EdnList.of(elements(')').toArray());
      case '[' -> Collections.unmodifiableList(elements(']'));
      case '{' -> map(in.position(), null);
      case '"' -> tokens.string();
      case '\\' -> tokens.character();
      case ':' -> tokens.keyword();
      case '#' -> dispatch();
      case '\'' -> throw EdnErrors.notEdn(in.position(), "quote");
      case '`' -> throw EdnErrors.notEdn(in.position(), "syntax quote");
      case '~' -> throw EdnErrors.notEdn(in.position(), "unquote");
      case '@' -> throw EdnErrors.notEdn(in.position(), "deref");
      case '^' -> throw EdnErrors.notEdn(in.position(), "metadata");
      default -> tokens.numberOrSymbol();
    };
  }

  /// The form that begins with a number sign, which is next.
  private @Nullable Object dispatch() {
    EdnPosition start = in.position();
    in.next();
    return switch (in.peek()) {
      case '{' -> set(start);
      case ':' -> map(start, namespace(start));
      case '#' -> {
        in.next();
        yield tokens.symbolic(start);
      }
      case '"' -> throw EdnErrors.notEdn(start, "regular expression");
      case '(' -> throw EdnErrors.notEdn(start, "function literal");
      case '\'' -> throw EdnErrors.notEdn(start, "var");
      case '^' -> throw EdnErrors.notEdn(start, "metadata");
      case '?' -> throw EdnErrors.notEdn(start, "reader conditional");
      case '=' -> throw EdnErrors.notEdn(start, "read-time evaluation");
      case '<' -> throw EdnErrors.notEdn(start, "unreadable object");
      default -> {
        Symbol tag = tokens.tag(start);
        yield EdnTags.read(tag, required(start, "the value of a tag"), start);
      }
    };
  }

  /// The elements up to `closing`; the opening char is next.
  private List<@Nullable Object> elements(char closing) {
    EdnPosition start = in.position();
    in.next();
    enter(start);
    var elements = new ArrayList<@Nullable Object>();
    for (int c = skip(); more(c, closing, start); c = skip()) {
      checkSize(elements.size(), start);
      elements.add(form(c));
    }
    return elements;
  }

  private Set<@Nullable Object> set(EdnPosition start) {
    in.next();
    enter(start);
    var elements = new EdnEntries();
    for (int c = skip(); more(c, '}', start); c = skip()) {
      checkSize(elements.size(), start);
      EdnPosition at = in.position();
      Object element = form(c);
      if (!elements.add(element, true)) {
        throw EdnErrors.duplicateElement(at, element);
      }
    }
    return elements.toSet();
  }

  /// A map whose brace is next; keys without a namespace get `namespace`, unless that is null.
  private Object map(EdnPosition start, @Nullable String namespace) {
    in.next();
    enter(start);
    var entries = new EdnEntries();
    for (int c = skip(); more(c, '}', start); c = skip()) {
      checkSize(entries.size(), start);
      EdnPosition at = in.position();
      Object key = namespace == null ? form(c) : qualified(namespace, form(c));
      int next = skip();
      if (next == '}') {
        throw EdnErrors.oddMap(in.position(), start);
      }
      more(next, '}', start);
      if (!entries.add(key, form(next))) {
        throw EdnErrors.duplicateKey(at, key);
      }
    }
    return entries.toMap();
  }

  private static @Nullable Object qualified(String namespace, @Nullable Object key) {
    return switch (key) {
      case Keyword k when k.namespace().isEmpty() -> Keyword.of(namespace, k.name());
      case Keyword k when k.namespace().get().equals("_") -> Keyword.of(null, k.name());
      case Symbol s when s.namespace().isEmpty() -> Symbol.of(namespace, s.name());
      case Symbol s when s.namespace().get().equals("_") -> Symbol.of(null, s.name());
      case null, default -> key;
    };
  }

  /// The namespace of a map whose `#` stands at `start`; the colon is next, the brace afterwards.
  private String namespace(EdnPosition start) {
    in.next();
    String name = tokens.text(start);
    if (name.startsWith(":")) {
      throw EdnErrors.notEdn(start, "auto-resolved namespace");
    }
    if (!EdnNames.isPart(name, false) || name.indexOf('/') >= 0) {
      throw EdnErrors.badToken(
          EdnError.BAD_NAMESPACE, start, "#:" + name, "a symbol without a slash");
    }
    int c = skipBlanks();
    if (c == EdnInput.END) {
      throw EdnErrors.endInside(in.position(), start, "{");
    }
    if (c != '{') {
      throw EdnErrors.badToken(EdnError.BAD_NAMESPACE, start, "#:" + name, "a map behind it");
    }
    return name;
  }

  private void checkSize(int size, EdnPosition start) {
    if (size >= limits.collectionSize()) {
      throw EdnErrors.collectionTooLarge(in.position(), start, limits.collectionSize());
    }
  }

  /// Whether `c` begins an element; passes it and leaves the collection when it is `closing`.
  private boolean more(int c, char closing, EdnPosition start) {
    if (c == EdnInput.END) {
      throw EdnErrors.endInside(in.position(), start, String.valueOf(closing));
    }
    if (!isClosing(c)) {
      return true;
    }
    if (c != closing) {
      throw EdnErrors.closesOther(in.position(), (char) c, start, String.valueOf(closing));
    }
    in.next();
    depth--;
    return false;
  }
}
