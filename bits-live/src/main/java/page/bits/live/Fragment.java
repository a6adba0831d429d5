/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import page.bits.db.Db;

/// A part of a page: a pure function from a database value and parameters to HTML, with a name.
///
/// Immutable; equality is identity. A shared fragment cannot see who watches: it is rendered once
/// for all of them and again only when a transaction touches what it read. Its function gets
/// everything through its arguments; it may be called on any thread, also several times at once.
///
/// `P` is a record: its equality decides what is shared, and its text names the element, so it must
/// print alike on every node (no hash sets or maps). Fragments nest: the HTML of one may hold
/// [#show(Object)] of another.
public final class Fragment<P> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern TAG = Pattern.compile("[a-z][a-z0-9]{0,15}");

  private final String name;
  private final String tag;
  private final Renderer<P> renderer;

  /// The parameters of a fragment that has none.
  public record None() {
    static final None NONE = new None();
  }

  /// What a fragment computes. The form is empty except in the answer to invalid input.
  @FunctionalInterface
  public interface Renderer<P> {
    Output render(Db db, P params, Form form);
  }

  /// A computed fragment; the page is what the root of a tree says about its document.
  public record Output(Html html, PageHead head) {
    static Output of(Html html) {
      return new Output(html, PageHead.NONE);
    }
  }

  /// A fragment whose parameters are a record.
  @FunctionalInterface
  public interface FormFunction<P> {
    Html render(Db db, P params, Form form);
  }

  private Fragment(String name, String tag, Renderer<P> renderer) {
    this.name = name;
    this.tag = tag;
    this.renderer = renderer;
  }

  /// A fragment that all viewers share, one for each value of its parameters.
  public static <P extends Record> Fragment<P> shared(
      String name, Class<P> params, BiFunction<Db, P, Html> function) {
    Objects.requireNonNull(params);
    Objects.requireNonNull(function);
    return make(name, (db, p, _) -> Output.of(function.apply(db, p)));
  }

  /// A fragment that all viewers share.
  public static Fragment<None> shared(String name, Function<Db, Html> function) {
    Objects.requireNonNull(function);
    return make(name, (db, _, _) -> Output.of(function.apply(db)));
  }

  /// A shared fragment with a form in it. What all viewers see is rendered with [Form#empty()];
  /// only the answer to invalid input is rendered with that input, for its sender alone.
  public static <P extends Record> Fragment<P> form(
      String name, Class<P> params, FormFunction<P> function) {
    Objects.requireNonNull(params);
    Objects.requireNonNull(function);
    return make(name, (db, p, form) -> Output.of(function.render(db, p, form)));
  }

  /// The root of a page; its name is the page's pattern.
  static <P> Fragment<P> root(String pattern, Renderer<P> renderer) {
    return new Fragment<>(pattern, "div", renderer);
  }

  private static <P> Fragment<P> make(String name, Renderer<P> renderer) {
    if (!NAME.matcher(name).matches()) {
      throw LiveErrors.invalidFragmentName(name, NAME.pattern());
    }
    return new Fragment<>(name, "div", renderer);
  }

  /// This fragment in another element than `div`.
  public Fragment<P> in(String tagName) {
    if (!TAG.matcher(tagName).matches()) {
      throw LiveErrors.invalidFragmentName(tagName, TAG.pattern());
    }
    return new Fragment<>(name, tagName, renderer);
  }

  public String name() {
    return name;
  }

  /// The element that the fragment fills.
  public String tag() {
    return tag;
  }

  /// The place of this fragment in another one's HTML.
  public Html show(P params) {
    return Html.hole(this, params);
  }

  /// Computes it, on one database value.
  public Output render(Db db, P params, Form form) {
    return renderer.render(db, params, form);
  }

  @Override
  public String toString() {
    return "fragment " + name;
  }
}
