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
/// Immutable; equality is identity. There are three kinds, and the type of the function says which:
/// a *shared* fragment cannot see who watches and is rendered once for all; a *scoped* one sees
/// what its scope function makes of the viewer (a role, a language) and is rendered once for each
/// such value; a *personal* one sees the viewer and is rendered for each. Every one is rendered
/// again only when a transaction touches what it read. Its function gets everything through its
/// arguments; it may be called on any thread, also several times at once.
///
/// `P` is a record: its equality decides what is shared, and its text names the element, so it must
/// print alike on every node (no hash sets or maps). Fragments nest: the HTML of one may hold
/// [#show(Object)] of another.
public final class Fragment<P> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern TAG = Pattern.compile("[a-z][a-z0-9]{0,15}");

  private final String name;
  private final String tag;
  private final Kind kind;
  private final BiFunction<Db, Viewer, ? extends Record> scope;
  private final Renderer<P> renderer;

  /// The parameters of a fragment that has none.
  public record None() {
    public static final None NONE = new None();
  }

  /// Whom one rendering is for.
  public enum Kind {
    SHARED,
    SCOPED,
    PERSONAL
  }

  /// What a fragment computes. `sight` is what it sees of the viewer: [None] when shared, a value
  /// of its scope when scoped, the [Viewer] when personal. The form is empty except in the answer
  /// to invalid input.
  @FunctionalInterface
  public interface Renderer<P> {
    Output render(Db db, P params, Record sight, Form form);
  }

  /// A computed fragment; the page is what the root of a tree says about its document.
  public record Output(Html html, PageHead head) {
    static Output of(Html html) {
      return new Output(html, PageHead.NONE);
    }
  }

  /// A shared fragment with a form.
  @FunctionalInterface
  public interface FormFunction<P> {
    Html render(Db db, P params, Form form);
  }

  /// A scoped or personal fragment; `S` is what it sees of the viewer.
  @FunctionalInterface
  public interface SeeingFunction<P, S> {
    Html render(Db db, P params, S sight);
  }

  /// A scoped or personal fragment with a form.
  @FunctionalInterface
  public interface SeeingFormFunction<P, S> {
    Html render(Db db, P params, S sight, Form form);
  }

  private Fragment(
      String name,
      String tag,
      Kind kind,
      BiFunction<Db, Viewer, ? extends Record> scope,
      Renderer<P> renderer) {
    this.name = name;
    this.tag = tag;
    this.kind = kind;
    this.scope = scope;
    this.renderer = renderer;
  }

  /// A fragment that all viewers share, one for each value of its parameters.
  public static <P extends Record> Fragment<P> shared(
      String name, Class<P> params, BiFunction<Db, P, Html> function) {
    Objects.requireNonNull(params);
    Objects.requireNonNull(function);
    return shared(name, (db, p, _, _) -> Output.of(function.apply(db, p)));
  }

  /// A fragment that all viewers share.
  public static Fragment<None> shared(String name, Function<Db, Html> function) {
    Objects.requireNonNull(function);
    return shared(name, (db, _, _, _) -> Output.of(function.apply(db)));
  }

  /// A shared fragment with a form in it. What all viewers see is rendered with [Form#empty()];
  /// only the answer to invalid input is rendered with that input, for its sender alone.
  public static <P extends Record> Fragment<P> form(
      String name, Class<P> params, FormFunction<P> function) {
    Objects.requireNonNull(params);
    Objects.requireNonNull(function);
    return shared(name, (db, p, _, form) -> Output.of(function.render(db, p, form)));
  }

  /// A fragment that all viewers of one scope share. The scope function is recorded too: when its
  /// value changes for a viewer, that viewer's pages follow.
  public static <P extends Record, S extends Record> Fragment<P> scoped(
      String name,
      Class<P> params,
      BiFunction<Db, Viewer, S> scope,
      SeeingFunction<P, S> function) {
    Objects.requireNonNull(function);
    return scoped(name, params, scope, (db, p, s, _) -> function.render(db, p, s));
  }

  /// A scoped fragment with a form in it.
  @SuppressWarnings("unchecked") // what is seen comes from this scope function
  public static <P extends Record, S extends Record> Fragment<P> scoped(
      String name,
      Class<P> params,
      BiFunction<Db, Viewer, S> scope,
      SeeingFormFunction<P, S> function) {
    Objects.requireNonNull(params);
    Objects.requireNonNull(function);
    return make(
        name,
        Kind.SCOPED,
        Objects.requireNonNull(scope),
        (db, p, s, form) -> Output.of(function.render(db, p, (S) s, form)));
  }

  /// A scoped fragment without parameters.
  public static <S extends Record> Fragment<None> scoped(
      String name, BiFunction<Db, Viewer, S> scope, BiFunction<Db, S, Html> function) {
    Objects.requireNonNull(function);
    return scoped(name, None.class, scope, (db, _, s, _) -> function.apply(db, s));
  }

  /// A scoped fragment without parameters, with a form in it.
  public static <S extends Record> Fragment<None> scoped(
      String name, BiFunction<Db, Viewer, S> scope, FormFunction<S> function) {
    Objects.requireNonNull(function);
    return scoped(name, None.class, scope, (db, _, s, form) -> function.render(db, s, form));
  }

  /// A fragment that each viewer sees alone.
  public static <P extends Record> Fragment<P> personal(
      String name, Class<P> params, SeeingFunction<P, Viewer> function) {
    Objects.requireNonNull(function);
    return personal(name, params, (db, p, viewer, _) -> function.render(db, p, viewer));
  }

  /// A personal fragment with a form in it.
  public static <P extends Record> Fragment<P> personal(
      String name, Class<P> params, SeeingFormFunction<P, Viewer> function) {
    Objects.requireNonNull(params);
    Objects.requireNonNull(function);
    return make(
        name,
        Kind.PERSONAL,
        (_, viewer) -> viewer,
        (db, p, viewer, form) -> Output.of(function.render(db, p, (Viewer) viewer, form)));
  }

  /// A personal fragment without parameters.
  public static Fragment<None> personal(String name, BiFunction<Db, Viewer, Html> function) {
    Objects.requireNonNull(function);
    return personal(name, None.class, (db, _, viewer, _) -> function.apply(db, viewer));
  }

  /// A personal fragment without parameters, with a form in it.
  public static Fragment<None> personal(String name, FormFunction<Viewer> function) {
    Objects.requireNonNull(function);
    return personal(name, None.class, (db, _, viewer, form) -> function.render(db, viewer, form));
  }

  /// The root of a page; its name is the page's pattern.
  static <P> Fragment<P> root(String pattern, Renderer<P> renderer) {
    return new Fragment<>(pattern, "div", Kind.SHARED, (_, _) -> None.NONE, renderer);
  }

  private static <P> Fragment<P> shared(String name, Renderer<P> renderer) {
    return make(name, Kind.SHARED, (_, _) -> None.NONE, renderer);
  }

  private static <P> Fragment<P> make(
      String name,
      Kind kind,
      BiFunction<Db, Viewer, ? extends Record> scope,
      Renderer<P> renderer) {
    if (!NAME.matcher(name).matches()) {
      throw LiveErrors.invalidFragmentName(name, NAME.pattern());
    }
    return new Fragment<>(name, "div", kind, scope, renderer);
  }

  /// This fragment in another element than `div`.
  public Fragment<P> in(String tagName) {
    if (!TAG.matcher(tagName).matches()) {
      throw LiveErrors.invalidFragmentName(tagName, TAG.pattern());
    }
    return new Fragment<>(name, tagName, kind, scope, renderer);
  }

  public String name() {
    return name;
  }

  /// The element that the fragment fills.
  public String tag() {
    return tag;
  }

  public Kind kind() {
    return kind;
  }

  /// The place of this fragment in another one's HTML.
  public Html show(P params) {
    return Html.hole(this, params);
  }

  /// What a rendering for this viewer sees of it.
  public Record sight(Db db, Viewer viewer) {
    return scope.apply(db, viewer);
  }

  /// Computes it, on one database value.
  public Output render(Db db, P params, Record sight, Form form) {
    return renderer.render(db, params, sight, form);
  }

  @Override
  public String toString() {
    return "fragment " + name;
  }
}
