/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.db.ReadSet;
import page.bits.db.TxReport;

final class FeedTest {
  private final String uri = "bits:mem:feed-" + UUID.randomUUID();
  private final Connection connection = Bits.connect(uri);

  FeedTest() {
    connection.ensureSchema(page.bits.app.account.AccountSchema.EDN);
    connection.ensureSchema(FeedSchema.EDN);
    for (String handle : List.of("ann", "ann-marie", "ann0", "bob")) {
      connection.transact(List.of(Map.of(":creator/handle", handle, ":creator/name", "A name")));
    }
  }

  @AfterEach
  void close() {
    connection.close();
    Bits.delete(uri);
  }

  private TxReport post(String handle, String text) {
    var ref = new PostRef(handle, Writing.nextNumber(connection.db(), handle));
    return connection.transact(Writing.post(ref, text));
  }

  private void posts(String handle, int count) {
    for (int i = 1; i <= count; i++) {
      post(handle, "post " + i);
    }
  }

  private static List<Long> numbers(FeedPage page) {
    return page.posts().stream().map(PostRef::number).toList();
  }

  private ReadSet reads(Function<Db, ?> reading) {
    return connection.db().<Object>recorded(reading::apply).reads();
  }

  @Test
  void key_ofAPost_leadsBackToIt() {
    var ref = new PostRef("ann", 17);

    assertThat(ref.key()).isEqualTo("ann/999999999982");
    assertThat(PostRef.of(ref.key())).isEqualTo(ref);
  }

  @Test
  void post_writtenAndEdited_isOfTheMomentsOfItsTransactions() {
    var ref = new PostRef("ann", 1);
    TxReport written = post("ann", "one");
    Post first = Feed.post(connection.db(), ref).orElseThrow();
    TxReport edited = connection.transact(Writing.edit(first, "two"));

    assertThat(first)
        .isEqualTo(new Post(ref, "one", written.txInstant(), Optional.empty(), written.t()));
    assertThat(Feed.post(connection.db(), ref))
        .contains(
            new Post(ref, "two", written.txInstant(), Optional.of(edited.txInstant()), edited.t()));
  }

  @Test
  void page_byPage_showsEachPostOnce_newestFirst() {
    posts("ann", 25);
    posts("ann-marie", 2);
    posts("ann0", 2);

    var all = new ArrayList<Long>();
    FeedPage page = Feed.page(connection.db(), "ann", 0);
    all.addAll(numbers(page));
    while (page.hasOlder()) {
      page = Feed.page(connection.db(), "ann", page.last());
      all.addAll(numbers(page));
    }

    assertThat(all).hasSize(25).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(numbers(Feed.page(connection.db(), "ann-marie", 0))).containsExactly(2L, 1L);
  }

  @Test
  void olderPage_afterNewPostsAndDeletions_staysWhatItIs() {
    posts("ann", 25);
    List<Long> before = numbers(Feed.page(connection.db(), "ann", 16));

    posts("ann", 5);
    connection.transact(Writing.delete(new PostRef("ann", 20)));

    assertThat(numbers(Feed.page(connection.db(), "ann", 16))).isEqualTo(before);
  }

  @Test
  void page_dependsOnItsCreatorsPostsAlone() {
    posts("ann", 12);
    ReadSet newest = reads(db -> Feed.page(db, "ann", 0));
    ReadSet older = reads(db -> Feed.page(db, "ann", 3));

    assertThat(newest.touchedBy(post("bob", "elsewhere").txData())).isFalse();
    assertThat(newest.touchedBy(post("ann-marie", "nearby").txData())).isFalse();
    Post first = Feed.post(connection.db(), new PostRef("ann", 12)).orElseThrow();
    assertThat(newest.touchedBy(connection.transact(Writing.edit(first, "new")).txData()))
        .isFalse();
    TxReport report = post("ann", "here");
    assertThat(newest.touchedBy(report.txData())).isTrue();
    assertThat(older.touchedBy(report.txData())).isFalse();
  }

  @Test
  void post_dependsOnItsTextAlone() {
    posts("ann", 2);
    connection.transact(List.of(Map.of(":account/name", "reader")));
    long account = connection.db().entid(List.of(":account/name", "reader")).orElseThrow();
    var ref = new PostRef("ann", 1);
    ReadSet text = reads(db -> Feed.post(db, ref));
    ReadSet likes = reads(db -> Feed.likes(db, ref));

    TxReport like = connection.transact(Writing.like(ref, account));
    TxReport edit =
        connection.transact(Writing.edit(Feed.post(connection.db(), ref).orElseThrow(), "new"));

    assertThat(text.touchedBy(like.txData())).isFalse();
    assertThat(likes.touchedBy(like.txData())).isTrue();
    assertThat(text.touchedBy(edit.txData())).isTrue();
    assertThat(likes.touchedBy(edit.txData())).isFalse();
    assertThat(text.touchedBy(post("ann", "another").txData())).isFalse();
  }
}
