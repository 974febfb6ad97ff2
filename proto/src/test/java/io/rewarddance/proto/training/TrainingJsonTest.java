package io.rewarddance.proto.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  @Test
  void aJudgesResultComesBackWithItsDomains() {
    JudgeUpdateResult.Score score =
        new JudgeUpdateResult.Score(3, 1, 5, 0.5, List.of(new JudgeUpdateResult.Bin(5, 0.25, 2)));
    JudgeUpdateResult result =
        new JudgeUpdateResult(
            "j",
            2,
            "ab",
            30,
            "cd",
            480,
            0.6,
            0.7,
            0,
            1.5,
            0.75,
            0.01,
            List.of(
                new JudgeUpdateResult.Validation(
                    "held-out", new TreeMap<>(Map.of("", score, "colours", score)))),
            4);
    assertThat(TrainingJson.read(TrainingJson.write(result), JudgeUpdateResult.class))
        .isEqualTo(result);
  }

  @Test
  void aJudgesSettingThatIsMissingIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingJson.read("{\"recipe\": \"x\"}", JudgeUpdateSettings.class))
        .withMessageContaining("reasons");
  }
}
