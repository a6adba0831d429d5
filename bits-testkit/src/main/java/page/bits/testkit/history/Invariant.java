/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

/// What has to hold, by the numbers that the project uses for it everywhere.
public enum Invariant {
  I1("one entry at each position, all of one database"),
  I2("positions are dense, and each transaction names the t before it"),
  I3("what lies at a position can be read and is what was put there"),
  I4("each entry names the digest of the one before; the chain is the same for all"),
  I5("a submission is in the log at most once, under its own id"),
  I6("what was acknowledged is in the log, at the t that was named"),
  I7("what was refused or failed is not in the log, and nothing is there that nobody submitted"),
  I8("what was said of an outcome is so"),
  I9("a transaction submitted after another was seen comes after it"),
  I10("txInstant never falls"),
  I11("a transaction is in the log whole"),
  I12("a transaction says what its forms give on the value right before it"),
  I13("the sum of all balances never changes, and none is negative"),
  I14("a unique value has one holder at a time"),
  I17("as-of a t is the same whenever and wherever it is asked"),
  I19("a client's view never goes back, and holds what it wrote, in its order"),
  I20("sync and refusals rest on a value that holds all that was seen before they were asked for"),
  I21("a read is what the log says up to its basis"),
  I23("a subscriber sees every transaction once, in order, without a gap, across resumes"),
  I24("a report comes not before db() shows it, and its values are those of its moment"),
  I26("after the faults every peer reaches the head"),
  I32("no ghost: what is ephemeral stands on an open session, and every reader sees just that"),
  I33("what a process was told to be here is here, and after the faults all that it holds"),
  I34("what is ephemeral is in no as-of, no since, no history and no durable datom"),
  I35("nobody goes on with a session that has ended, and those of ended processes end"),
  I36("no peer takes an intact log for a fork"),
  I38("every operation ends, with an answer that the faults explain");

  private final String sentence;

  Invariant(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
