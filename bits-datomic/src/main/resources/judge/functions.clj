;; Copyright 2026 the Bits authors
;; SPDX-License-Identifier: Apache-2.0
;;
;; What programs call by name, for Datomic. Bits has the same in Java: JudgeFunctions in bits-testkit.
;; A change here is a change there.
(ns judge.functions
  (:require [datomic.api :as d]))

;; Transaction functions.

(defn bump [db e a n]
  [[:db/add e a (+ n (get (d/entity db e) a 0))]])

(defn tag-all [db a v tag]
  (mapv (fn [datom] [:db/add (:e datom) :p/tags tag]) (d/datoms db :avet a v)))

(defn both [_db e n]
  [['judge.functions/bump e :p/n n] ['judge.functions/bump e :p/i 1]])

(defn make [_db tempid k n]
  [{:db/id tempid :p/k k :p/n n}])

(defn nothing [_db]
  [])

(defn refuse [_db]
  (throw (ex-info "refused" {:db/error :judge/refused})))

(defn fail [_db n]
  (throw (IllegalStateException. (str n))))

;; Predicates of attributes.

(defn small? [v]
  (if (= v 5) (throw (IllegalStateException. "five")) (< v 4)))

(defn even-or-word? [v]
  (if (even? v) true :judge/odd))

;; Predicates of entities.

(defn tidy? [db e]
  (if (<= (count (:p/tags (d/entity db e))) 1) true :judge/untidy))

;; Functions, predicates and aggregates of queries.

(defn twice [n]
  (* 2 n))

(defn low? [n]
  (< n 3))

(defn tags-of [db e]
  (count (:p/tags (d/entity db e))))

(defn product [numbers]
  (reduce * -1 numbers))
