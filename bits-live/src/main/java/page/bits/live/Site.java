/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import page.bits.db.Connection;

/// A site: its pages, its actions and its assets, on one connection. Declared on one thread, then
/// given to a server; a server adapter reads it through the accessors at the end.
public final class Site {
  private static final String ASSETS = "/-/assets/";
  private static final int ASSET_HASH_BYTES = 8;
  private static final Presence NOBODY = (_, _) -> Map.of();

  private final Connection connection;
  private final List<Page> pages = new ArrayList<>();
  private final List<Guard> guards = new ArrayList<>();
  private final Map<String, Presence> presences = new LinkedHashMap<>();
  private final List<Action<?>> actions = new ArrayList<>();
  private final Map<String, byte[]> assets = new LinkedHashMap<>();
  private Function<Document, Html> layout = Document::plain;
  private LiveSettings settings = LiveSettings.standard();

  private Site(Connection connection) {
    this.connection = connection;
  }

  public static Site on(Connection connection) {
    return new Site(Objects.requireNonNull(connection));
  }

  /// Adds a page: the root of a tree of fragments, itself shared by all who watch that path.
  public Site page(String path, Function<View, Html> function) {
    return addPage(path, List.of(), function);
  }

  /// Adds a page that a guard decides about, after the site's guards.
  public Site page(String path, Guard guard, Function<View, Html> function) {
    return addPage(path, List.of(guard), function);
  }

  /// Adds a guard that is asked before every page, also those declared before.
  public Site guard(Guard guard) {
    guards.add(Objects.requireNonNull(guard));
    return this;
  }

  /// Says who watches a page, which is declared already: while a viewer has it open in a browser
  /// and sees it, an entity with these facts stands in the database, on the session of this
  /// connection. It comes with the viewer's first stream, or with the first change of the page
  /// after which there are such facts, and goes 3 s after the last, so that going from page to page
  /// or loading one again is no leaving, and with this process when that dies. Fragments read it as
  /// any other facts; the attributes have to be `:db/ephemeral`.
  public Site presence(String path, Presence presence) {
    if (pages.stream().noneMatch(page -> page.pattern().toString().equals(path))) {
      throw LiveErrors.noSuchPage(path);
    }
    presences.put(path, Objects.requireNonNull(presence));
    return this;
  }

  private Site addPage(String path, List<Guard> own, Function<View, Html> function) {
    PathPattern pattern = PathPattern.of(path);
    if (pages.stream().anyMatch(page -> page.pattern().toString().equals(path))) {
      throw LiveErrors.duplicatePath(path);
    }
    pages.add(new Page(pattern, root(path, function), own, NOBODY));
    return this;
  }

  private static Fragment<Page.Params> root(String path, Function<View, Html> function) {
    return Fragment.root(
        path,
        (db, params, _, _) -> {
          var view = new View(db, params);
          Html html = function.apply(view);
          return new Fragment.Output(html, view.head());
        });
  }

  /// Adds an action, reached by POST. The record is filled from the path's variables and the form's
  /// fields; invalid input is answered with 422 and never reaches the function.
  public <R extends Record> Site action(
      String path, Class<R> shape, BiFunction<Act, R, Answer> function) {
    return add(new Action<>(PathPattern.of(path), new Binder<>(shape), null, function));
  }

  /// Adds an action with the fragment that holds its form: invalid input is answered with that
  /// fragment, filled by the form. The fragment's parameters come from the same texts.
  public <P extends Record, R extends Record> Site action(
      String path,
      Class<R> shape,
      Fragment<P> form,
      Class<P> formParams,
      BiFunction<Act, R, Answer> function) {
    var place = new Action.FormPlace<>(form, new Binder<>(formParams));
    return add(new Action<>(PathPattern.of(path), new Binder<>(shape), place, function));
  }

  private Site add(Action<?> action) {
    String path = action.pattern().toString();
    if (actions.stream().anyMatch(other -> other.pattern().toString().equals(path))) {
      throw LiveErrors.duplicatePath(path);
    }
    actions.add(action);
    return this;
  }

  /// Adds an asset: a resource beside the class. It is served under a name that holds the hash of
  /// its bytes and may be cached for ever.
  public Site asset(String name, Class<?> beside) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw LiveErrors.assetMissing(name);
      }
      assets.put(name, in.readAllBytes());
      return this;
    } catch (IOException _) { // the sentence says it
      throw LiveErrors.assetMissing(name);
    }
  }

  /// The address under which a site serves an asset of that name with these bytes, on every node:
  /// for fragments, whose HTML may hold it.
  public static String assetAddress(String name, byte[] bytes) {
    int dot = name.lastIndexOf('.');
    String end = dot < 0 ? "" : name.substring(dot);
    String stem = dot < 0 ? name : name.substring(0, dot);
    return ASSETS + stem.replace('/', '-') + '-' + hash(bytes) + end;
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, ASSET_HASH_BYTES);
    } catch (NoSuchAlgorithmException impossible) { // every JDK has it
      throw new AssertionError(impossible);
    }
  }

  /// Sets what stands around every page.
  public Site layout(Function<Document, Html> function) {
    layout = Objects.requireNonNull(function);
    return this;
  }

  public Site settings(LiveSettings values) {
    settings = Objects.requireNonNull(values);
    return this;
  }

  public Connection connection() {
    return connection;
  }

  /// The pages with all their guards: the site's first.
  public List<Page> pages() {
    return pages.stream().map(this::guarded).toList();
  }

  private Page guarded(Page page) {
    var all = new ArrayList<>(guards);
    all.addAll(page.guards());
    Presence presence = presences.getOrDefault(page.pattern().toString(), NOBODY);
    return new Page(page.pattern(), page.root(), all, presence);
  }

  public List<Action<?>> actions() {
    return List.copyOf(actions);
  }

  public Map<String, byte[]> assets() {
    return Map.copyOf(assets);
  }

  public Function<Document, Html> layout() {
    return layout;
  }

  public LiveSettings settings() {
    return settings;
  }
}
