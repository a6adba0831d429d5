/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.account;

/// The attributes of accounts, sessions and attempts.
public final class AccountSchema {
  /// The schema as one transaction.
  public static final String EDN =
      """
      [{:db/ident :account/name :db/valueType :db.type/string
        :db/cardinality :db.cardinality/one :db/unique :db.unique/identity
        :db/doc "What somebody signs in with"}
       {:db/ident :account/password :db/valueType :db.type/string
        :db/cardinality :db.cardinality/one :db/noHistory true
        :db/doc "argon2id in the PHC format: parameters, salt, hash"}
       {:db/ident :account/creator :db/valueType :db.type/ref :db/cardinality :db.cardinality/one
        :db/doc "The creator who writes with this account, if any"}
       {:db/ident :account/demo-password :db/valueType :db.type/string
        :db/cardinality :db.cardinality/one
        :db/doc "Of a sample account only: shown to everybody"}
       {:db/ident :session/key :db/valueType :db.type/string
        :db/cardinality :db.cardinality/one :db/unique :db.unique/identity
        :db/doc "The hash of a visitor's cookie"}
       {:db/ident :session/account :db/valueType :db.type/ref :db/cardinality :db.cardinality/one
        :db/doc "Who is signed in"}
       {:db/ident :session/device :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/doc "The kind of browser and system, for the list of sessions"}
       {:db/ident :session/until :db/valueType :db.type/instant
        :db/cardinality :db.cardinality/one :db/index true
        :db/doc "When it ends by itself"}
       {:db/ident :secret/name :db/valueType :db.type/string
        :db/cardinality :db.cardinality/one :db/unique :db.unique/identity}
       {:db/ident :secret/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/doc "A random key in hex: hashes made with it mean nothing elsewhere"}
       {:db/ident :attempts/key :db/valueType :db.type/string
        :db/cardinality :db.cardinality/one :db/unique :db.unique/identity
        :db/doc "A keyed hash of a name or of an address"}
       {:db/ident :attempts/version :db/valueType :db.type/long :db/cardinality :db.cardinality/one
        :db/noHistory true :db/doc "Raised by compare-and-set"}
       {:db/ident :attempts/at :db/valueType :db.type/instant :db/cardinality :db.cardinality/many
        :db/noHistory true :db/doc "The attempts that count"}
       {:db/ident :attempts/until :db/valueType :db.type/instant
        :db/cardinality :db.cardinality/one :db/index true :db/noHistory true
        :db/doc "When none of them counts any more, and the entity is retracted"}]
      """;

  private AccountSchema() {}
}
