package io.rewarddance.proto.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class TrainingJsonTest {
  private static final UpdateProgress PROGRESS =
      new UpdateProgress("quick", 3, "ab", "running", 0.5);

  @Test
  void aMessageComesBackAsItWasWritten() {
    assertThat(TrainingJson.read(TrainingJson.write(PROGRESS), UpdateProgress.class))
        .isEqualTo(PROGRESS);
  }

  @Test
  void anUnknownFieldIsIgnored() {
    String newer = TrainingJson.write(PROGRESS).replace("{", "{\"seconds\": 2, ");
    assertThat(TrainingJson.read(newer, UpdateProgress.class)).isEqualTo(PROGRESS);
  }

  @Test
  void aMissingFieldIsNotReadAsZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingJson.read("{}", RollbackRequest.class))
        .withMessageContaining("iteration");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingJson.read("{\"iteration\": null}", RollbackRequest.class))
        .withMessageStartingWith("RollbackRequest: ");
  }

  @Test
  void whatIsNoMessageNamesTheTypeThatWasExpected() {
    for (String text : new String[] {"", "null", "[]", "{", "x"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TrainingJson.read(text, RollbackRequest.class))
          .withMessageStartingWith("RollbackRequest: ");
    }
  }
}
