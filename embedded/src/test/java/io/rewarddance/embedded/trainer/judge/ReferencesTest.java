package io.rewarddance.embedded.trainer.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.embedded.testing.Bases;
import io.rewarddance.embedded.trainer.DrawnPreferences;
import io.rewarddance.embedded.trainer.state.JudgeTrainingState;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.proto.training.JudgeUpdateSettings;
import io.rewarddance.rollout.preference.PreferenceFile;
import io.rewarddance.rollout.preference.PreferenceSet;
import io.rewarddance.rollout.preference.PreferenceWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole updates on files in which annotators saw references beside some of the pairs. */
class ReferencesTest {
  private static final PreferenceSet DRAWN = DrawnPreferences.contrary(24, 1);

  @TempDir Path directory;
  private JudgeBase base;

  @BeforeEach
  void open() throws Exception {
    base = JudgeBase.read(Bases.version("shapes_vlm_xs"));
  }

  @Test
  void aComparingJudgeLearnsAndIsValidatedBesideThem() throws Exception {
    JudgeUpdater.Updated near = update("pairwise-generative", DrawnPreferences.beside(DRAWN, 2));
    JudgeUpdater.Updated far = update("pairwise-generative", DrawnPreferences.beside(DRAWN, 9));
    JudgeUpdater.Updated none = update("pairwise-generative", DRAWN);
    assertThat(near.weightsFile()).isNotEqualTo(far.weightsFile()).isNotEqualTo(none.weightsFile());
    double nearLoss = logLoss(measured(DrawnPreferences.beside(DRAWN, 2)));
    assertThat(logLoss(measured(DrawnPreferences.beside(DRAWN, 9)))).isNotEqualTo(nearLoss);
    assertThat(logLoss(measured(DRAWN))).isNotEqualTo(nearLoss);
  }

  @Test
  void aPointwiseJudgeDoesNotSeeThem() throws Exception {
    assertThat(update("pointwise-generative", DrawnPreferences.beside(DRAWN, 2)).weightsFile())
        .isEqualTo(update("pointwise-generative", DRAWN).weightsFile());
  }

  @Test
  void threadsAndHalvesGiveTheSameBytes() throws Exception {
    JudgeData data = data(DrawnPreferences.beside(DRAWN, 2));
    JudgeUpdateSettings four = DrawnPreferences.settings("pairwise-generative", 4);
    JudgeUpdateSettings two = DrawnPreferences.settings("pairwise-generative", 2);
    JudgeTrainingState start = JudgeUpdater.initialState("j", base);
    byte[] whole;
    try (JudgeUpdater one = new JudgeUpdater(1)) {
      whole = take(one, start, data, four).weightsFile();
    }
    try (JudgeUpdater both = new JudgeUpdater(2)) {
      JudgeTrainingState half = take(both, start, data, two).state();
      assertThat(take(both, half, data, two).weightsFile()).isEqualTo(whole);
    }
  }

  private JudgeUpdater.Updated update(String recipe, PreferenceSet set) throws Exception {
    try (JudgeUpdater updater = new JudgeUpdater(2)) {
      JudgeTrainingState start = JudgeUpdater.initialState("j", base);
      return take(updater, start, data(set), DrawnPreferences.settings(recipe, 2));
    }
  }

  /** What a judge trained without references says of the set. */
  private JudgeUpdateResult measured(PreferenceSet set) throws Exception {
    try (JudgeUpdater updater = new JudgeUpdater(2)) {
      JudgeData data = new JudgeData(file(DRAWN), List.of(new JudgeData.Named("set", file(set))));
      JudgeTrainingState start = JudgeUpdater.initialState("j", base);
      return take(updater, start, data, DrawnPreferences.settings("pairwise-generative", 2))
          .state()
          .result(0)
          .orElseThrow();
    }
  }

  private static double logLoss(JudgeUpdateResult result) {
    return result.validation().get(0).domains().values().stream()
        .mapToDouble(JudgeUpdateResult.Score::logLoss)
        .sum();
  }

  private JudgeUpdater.Updated take(
      JudgeUpdater updater, JudgeTrainingState before, JudgeData data, JudgeUpdateSettings settings)
      throws Exception {
    return updater.update(before, base, data, settings, "d".repeat(64), JudgeUpdaterTest.NONE);
  }

  private JudgeData data(PreferenceSet set) throws Exception {
    return new JudgeData(file(set), List.of());
  }

  private PreferenceFile file(PreferenceSet set) throws Exception {
    Path path = directory.resolve(set.hashCode() + ".h5");
    return PreferenceWriter.write(path, set);
  }
}
