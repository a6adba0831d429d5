/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The attribute of a record's component, where records are pulled ([Db#pull(Class, Object)]) and
/// where they are transacted ([Tx.Builder#put(Record)]): `@Attr(":user/name") String name`; also
/// `:db/id` and reverse attributes `:post/_author`.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Attr {
  /// The attribute's ident, with its colon.
  String value();

  /// The namespace of the keywords that the constants of an enum stand for when they are
  /// transacted: with `"status"`, `IN_REVIEW` is `:status/in-review`. Reading needs none.
  String idents() default "";
}
