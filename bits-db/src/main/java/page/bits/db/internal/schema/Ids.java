/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.schema;

/// The entity ids of the elements that every database is born with, at Datomic's numbers where
/// Datomic has them; our own lie from 100 on. They are part of the format: a number never changes
/// its meaning.
public final class Ids {
  public static final long PART_DB = 0;
  public static final long ADD = 1;
  public static final long RETRACT = 2;
  public static final long PART_TX = 3;
  public static final long PART_USER = 4;
  public static final long IDENT = 10;
  public static final long INSTALL_PARTITION = 11;
  public static final long INSTALL_VALUE_TYPE = 12;
  public static final long INSTALL_ATTRIBUTE = 13;
  public static final long INSTALL_FUNCTION = 14;
  public static final long EXCISE = 15;
  public static final long EXCISE_ATTRS = 16;
  public static final long EXCISE_BEFORE_T = 17;
  public static final long EXCISE_BEFORE = 18;
  public static final long ALTER_ATTRIBUTE = 19;
  public static final long TYPE_REF = 20;
  public static final long TYPE_KEYWORD = 21;
  public static final long TYPE_LONG = 22;
  public static final long TYPE_STRING = 23;
  public static final long TYPE_BOOLEAN = 24;
  public static final long TYPE_INSTANT = 25;
  public static final long TYPE_FN = 26;
  public static final long TYPE_BYTES = 27;
  public static final long CARDINALITY_ONE = 35;
  public static final long CARDINALITY_MANY = 36;
  public static final long UNIQUE_VALUE = 37;
  public static final long UNIQUE_IDENTITY = 38;
  public static final long VALUE_TYPE = 40;
  public static final long CARDINALITY = 41;
  public static final long UNIQUE = 42;
  public static final long IS_COMPONENT = 43;
  public static final long INDEX = 44;
  public static final long NO_HISTORY = 45;
  public static final long LANG = 46;
  public static final long CODE = 47;
  public static final long LANG_CLOJURE = 48;
  public static final long LANG_JAVA = 49;
  public static final long TX_INSTANT = 50;
  public static final long FULLTEXT = 51;
  public static final long FN = 52;
  public static final long RETRACT_ENTITY = 54;
  public static final long CAS = 55;
  public static final long TYPE_UUID = 56;
  public static final long TYPE_DOUBLE = 57;
  public static final long TYPE_FLOAT = 58;
  public static final long TYPE_URI = 59;
  public static final long TYPE_BIGINT = 60;
  public static final long TYPE_BIGDEC = 61;
  public static final long DOC = 62;
  public static final long TYPE_TUPLE = 63;
  public static final long TYPE_SYMBOL = 64;
  public static final long TUPLE_TYPE = 65;
  public static final long TUPLE_TYPES = 66;
  public static final long TUPLE_ATTRS = 67;
  public static final long ENSURE = 68;
  public static final long ENTITY_ATTRS = 69;
  public static final long ENTITY_PREDS = 70;
  public static final long ATTR_PREDS = 71;
  public static final long TUPLE_DISCONTINUED = 72;

  /// `:bits.tx/id`: a UUID that makes a transaction happen once for ever.
  public static final long BITS_TX_ID = 100;

  /// `:bits.tx/form-digest`: SHA-256 of the form submitted under that id.
  public static final long BITS_TX_FORM_DIGEST = 101;

  /// `:bits/format`: the format level of the database, on the entity `:bits/database`.
  public static final long BITS_FORMAT = 102;

  /// `:bits/database`: the database itself.
  public static final long BITS_DATABASE = 103;

  /// `:db/ephemeral`: whether an attribute's datoms end with the session they stand on.
  public static final long EPHEMERAL = 104;

  /// `:bits/session`: the open session on which an entity's ephemeral datoms stand.
  public static final long SESSION = 105;

  /// `:bits.session/id`: the UUID of a session.
  public static final long SESSION_ID = 106;

  /// `:bits.session/peer`: the UUID of the process that opened a session.
  public static final long SESSION_PEER = 107;

  /// `:bits.session/open`: true until a session is ended.
  public static final long SESSION_OPEN = 108;

  /// `:bits/end-session`: ends a session with all ephemeral datoms that stand on it.
  public static final long END_SESSION = 109;

  /// The first schema-element number of a user.
  public static final long FIRST_ELEMENT = 128;

  /// The first number that transactions and ordinary entities share.
  public static final long FIRST_ENTITY = 1000;

  private Ids() {}
}
