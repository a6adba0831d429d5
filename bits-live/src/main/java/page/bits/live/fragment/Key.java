/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import page.bits.db.Db;
import page.bits.live.Access;
import page.bits.live.Form;
import page.bits.live.Fragment;
import page.bits.live.Guard;
import page.bits.live.Page;
import page.bits.live.Viewer;

/// What is computed from a database value and recorded, and what makes two of these computations
/// one.
sealed interface Key<V> {
  /// Computes it; may throw whatever the site's code throws.
  V compute(Db db);

  /// What stands for its value when it threw.
  V failed();

  /// The site's part that it runs: slow ones of one part wait for each other, not for other parts.
  Object part();

  String name();

  /// A fragment, with what it sees of its viewers.
  record Render(Fragment<?> fragment, Object params, Record sight) implements Key<Rendering> {
    @Override
    public Rendering compute(Db db) {
      return sight instanceof Unseen ? failed() : new Rendering(output(db, Form.empty()));
    }

    Fragment.Output output(Db db, Form form) {
      return output(fragment, db, form);
    }

    @SuppressWarnings("unchecked") // a key is made only of a fragment and parameters of its type
    private <P> Fragment.Output output(Fragment<P> typed, Db db, Form form) {
      return typed.render(db, (P) params, sight, form);
    }

    @Override
    public Rendering failed() {
      return Rendering.FAILED;
    }

    @Override
    public Object part() {
      return fragment;
    }

    @Override
    public String name() {
      return fragment.name();
    }
  }

  /// What a scoped fragment sees of one viewer.
  record Sight(Fragment<?> fragment, Viewer viewer) implements Key<Record> {
    @Override
    public Record compute(Db db) {
      return fragment.sight(db, viewer);
    }

    @Override
    public Record failed() {
      return new Unseen();
    }

    @Override
    public Object part() {
      return fragment;
    }

    @Override
    public String name() {
      return fragment.name();
    }
  }

  /// Stands for a scope whose function threw.
  record Unseen() {}

  /// A guard's answer to one viewer of a page.
  record Check(Guard guard, String page, Page.Params params, Viewer viewer) implements Key<Access> {
    @Override
    public Access compute(Db db) {
      return guard.check(db, params, viewer);
    }

    @Override
    public Access failed() {
      return Access.forbidden();
    }

    @Override
    public Object part() {
      return guard;
    }

    @Override
    public String name() {
      return page;
    }
  }
}
