/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SseEventTest {
  @Test
  void text_idAndTwoLines_isWrittenLineByLine() {
    assertThat(new SseEvent("7-00000000000000ff", "", "<p>\n</p>").text())
        .isEqualTo("id: 7-00000000000000ff\ndata: <p>\ndata: </p>\n\n");
  }

  @Test
  void text_noData_hasOneEmptyDataLine() {
    assertThat(new SseEvent("7-00", "", "").text()).isEqualTo("id: 7-00\ndata: \n\n");
  }

  @Test
  void text_carriageReturnsInData_cannotForgeAField() {
    String text = new SseEvent("1-0", "", "a\r\rid: 9-9\r\n\r\nevent: leave").text();

    assertThat(SseEvent.parse(text))
        .containsExactly(new SseEvent("1-0", "", "a\n\nid: 9-9\n\nevent: leave"));
  }

  @Test
  void parse_whatWasWritten_readsBackEqual() {
    var leave = new SseEvent("", "leave", "");
    var frame = new SseEvent("8-00", "", "line one\n\nline: three");

    assertThat(SseEvent.parse(": \n\n" + leave.text() + ": \n\n" + frame.text()))
        .isEqualTo(List.of(leave, frame));
  }

  @Test
  void parse_unfinishedEvent_isLeftOut() {
    assertThat(SseEvent.parse("id: 1\ndata: x\n")).isEmpty();
  }
}
