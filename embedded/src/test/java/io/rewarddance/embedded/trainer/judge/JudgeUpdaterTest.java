package io.rewarddance.embedded.trainer.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.embedded.trainer.ChangedSettings;
import io.rewarddance.embedded.trainer.DrawnPreferences;
import io.rewarddance.embedded.trainer.state.JudgeTrainingState;
import io.rewarddance.embedded.trainer.step.NonFiniteException;
import io.rewarddance.embedded.weights.SafeTensors;
import io.rewarddance.embedded.weights.Weights;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.proto.training.JudgeUpdateSettings;
import io.rewarddance.proto.training.UpdateSettings;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.digest.Sha256;
import io.rewarddance.rollout.preference.Choice;
import io.rewarddance.rollout.preference.Preference;
import io.rewarddance.rollout.preference.PreferenceFile;
import io.rewarddance.rollout.preference.PreferenceSet;
import io.rewarddance.rollout.preference.PreferenceWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole updates of the shipped judge. */
class JudgeUpdaterTest {
  private static final String DIGEST = "d".repeat(64);

  @TempDir Path directory;
  private JudgeBase base;
  private JudgeData data;

  @BeforeEach
  void prepare() throws Exception {
    base = JudgeBase.read(DrawnPreferences.versionDirectory());
    PreferenceFile training = DrawnPreferences.write(directory.resolve("train.h5"), 96, 1);
    PreferenceFile heldOut = DrawnPreferences.write(directory.resolve("held-out.h5"), 64, 2);
    data = new JudgeData(training, List.of(new JudgeData.Named("held-out", heldOut)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pairwise-generative", "pointwise-generative"})
  void aJudgeLearnsToPreferWhatItFoundWorse(String recipe) throws Exception {
    try (JudgeUpdater updater = new JudgeUpdater(2)) {
      JudgeTrainingState start = JudgeUpdater.initialState("j", base);
      JudgeUpdateSettings still = withRates(DrawnPreferences.settings(recipe, 1), 1e-12);
      JudgeUpdateResult before = result(updater.update(start, base, data, still, DIGEST, NONE));
      assertThat(before.trainAccuracy()).as("the base knows better").isLessThan(0.2);
      assertThat(accuracy(before)).as("the base knows better").isLessThan(0.2);
      JudgeUpdater.Updated updated =
          updater.update(start, base, data, DrawnPreferences.settings(recipe, 40), DIGEST, NONE);
      JudgeUpdateResult after = result(updated);
      assertThat(accuracy(after)).as("held out, by the average").isGreaterThan(0.9);
      assertThat(after.loss()).isLessThan(before.loss());
      assertThat(after.optimizerSteps()).isEqualTo(40);
      assertThat(after.pairs()).isEqualTo(40 * 16);
      assertThat(after.validation().get(0).domains().keySet())
          .containsExactly("blue", "green", "red", "yellow");
      assertThat(Sha256.of(updated.weightsFile())).isEqualTo(after.weightsDigest());
      Weights weights = SafeTensors.decode(updated.weightsFile(), "updated");
      assertThat(weights.firstNonFinite()).isEmpty();
      assertThat(weights.tensors().keySet()).isEqualTo(base.weights().tensors().keySet());
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBytes() throws Exception {
    JudgeUpdateSettings settings = DrawnPreferences.settings("pairwise-generative", 3);
    byte[][] files = new byte[2][];
    double[] losses = new double[2];
    for (int threads = 1; threads <= 2; threads++) {
      try (JudgeUpdater updater = new JudgeUpdater(threads)) {
        JudgeUpdater.Updated updated = update(updater, settings);
        files[threads - 1] = updated.weightsFile();
        losses[threads - 1] = result(updated).loss();
      }
    }
    assertThat(files[0]).isEqualTo(files[1]);
    assertThat(losses[0]).isEqualTo(losses[1]);
  }

  /** Two updates of two steps see what one of four sees: order, rates and averages go on. */
  @Test
  void updatesGoOnWhereTheLastOneEnded() throws Exception {
    try (JudgeUpdater updater = new JudgeUpdater(2)) {
      byte[] whole =
          update(updater, DrawnPreferences.settings("pointwise-generative", 4)).weightsFile();
      JudgeUpdateSettings half = DrawnPreferences.settings("pointwise-generative", 2);
      JudgeUpdater.Updated first = update(updater, half);
      JudgeUpdater.Updated second = updater.update(first.state(), base, data, half, DIGEST, NONE);
      assertThat(second.weightsFile()).isEqualTo(whole);
      assertThat(first.weightsFile()).isNotEqualTo(whole);
      assertThat(second.state().step()).isOne();
    }
  }

  @Test
  void whatTheLossDoesNotReachStaysAsItWas() throws Exception {
    try (JudgeUpdater updater = new JudgeUpdater(1)) {
      Weights after =
          SafeTensors.decode(
              update(updater, DrawnPreferences.settings("pointwise-generative", 2)).weightsFile(),
              "after");
      assertThat(after.tensors().get("compare.weight"))
          .as("the head that compares, which a pointwise question doesn't use")
          .isEqualTo(base.weights().tensors().get("compare.weight"));
      assertThat(after.tensors().get("answer.weight"))
          .isNotEqualTo(base.weights().tensors().get("answer.weight"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pointwise-regressive | none           | regressive.pt",
        "pairwise-generative  | decision-first | pairwise_reasons.pt",
        "pointwise-generative | reasons-first  | pointwise_reasons.pt",
      })
  void aTraceThatTheBaseLacksIsNamed(String recipe, String reasons, String trace) {
    try (JudgeUpdater updater = new JudgeUpdater(1)) {
      JudgeUpdateSettings settings =
          with(DrawnPreferences.settings(recipe, 1), recipe, reasons, 16, "log-odds", 0.5);
      assertThatThrownBy(() -> update(updater, settings))
          .isInstanceOf(BadPreferencesException.class)
          .hasMessageContaining(trace + ": no such file")
          .hasMessageContaining(recipe);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "listwise             | none  | 16 | log-odds | 0.5 | recipe: listwise",
        "pointwise-regressive | decision-first | 16 | log-odds | 0.5 | reasons: decision-first",
        "pairwise-generative  | some  | 16 | log-odds | 0.5 | reasons: some",
        "pairwise-generative  | none  | 0  | log-odds | 0.5 | minibatch: 0",
        "pairwise-generative  | none  | 16 | odds     | 0.5 | bradleyTerryOn: odds",
        "pairwise-generative  | none  | 16 | log-odds | 1   | average: 1.0",
        "pairwise-generative  | none  | 16 | log-odds | NaN | average: NaN",
      })
  void aSettingThatCantBeIsNamed(
      String recipe, String reasons, int minibatch, String on, double average, String message) {
    try (JudgeUpdater updater = new JudgeUpdater(1)) {
      JudgeUpdateSettings good = DrawnPreferences.settings("pairwise-generative", 1);
      JudgeUpdateSettings bad = with(good, recipe, reasons, minibatch, on, average);
      assertThatThrownBy(() -> update(updater, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(message)
          .hasMessageContaining("expected: ");
    }
  }

  @Test
  void aFileThatIsNotTheJudgesIsNamed() throws Exception {
    try (JudgeUpdater updater = new JudgeUpdater(1)) {
      List<Image> images = data.training().set().images();
      List<Image> small = List.of(Image.of(1, 1, new byte[3]), Image.of(1, 1, new byte[3]));
      for (PreferenceSet bad :
          List.of(
              new PreferenceSet(images, List.of(pair("a purple square"))),
              new PreferenceSet(small, List.of(pair("a red square"))))) {
        PreferenceFile file = PreferenceWriter.write(directory.resolve("bad.h5"), bad);
        JudgeData unfit = new JudgeData(file, List.of());
        assertThatThrownBy(
                () ->
                    updater.update(
                        JudgeUpdater.initialState("j", base),
                        base,
                        unfit,
                        DrawnPreferences.settings("pairwise-generative", 1),
                        DIGEST,
                        NONE))
            .isInstanceOf(BadPreferencesException.class)
            .hasMessageStartingWith("bad.h5: ")
            .hasMessageMatching(
                ".*(prompt\\[0\\]: unknown word \"purple\"|images of 1x1 \\(expected: 32x32).*");
      }
    }
  }

  @Test
  void aWeightThatIsNotFiniteEndsTheUpdate() {
    try (JudgeUpdater updater = new JudgeUpdater(1)) {
      JudgeUpdateSettings wild =
          withRates(DrawnPreferences.settings("pairwise-generative", 5), 1e38);
      assertThatThrownBy(() -> update(updater, wild))
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("optimizer step");
    }
  }

  @Test
  void anUpdateThatIsNoLongerWantedEnds() {
    try (JudgeUpdater updater = new JudgeUpdater(1)) {
      JudgeProgress unwanted =
          new JudgeProgress() {
            private double share;

            @Override
            public void loss(double value) {}

            @Override
            public void done(double now) {
              share = now;
            }

            @Override
            public boolean cancelled() {
              return share > 0;
            }
          };
      assertThatThrownBy(
              () ->
                  updater.update(
                      JudgeUpdater.initialState("j", base),
                      base,
                      data,
                      DrawnPreferences.settings("pairwise-generative", 50),
                      DIGEST,
                      unwanted))
          .isInstanceOf(CancellationException.class);
    }
  }

  /** Nobody listens, nobody cancels. */
  static final JudgeProgress NONE =
      new JudgeProgress() {
        @Override
        public void loss(double value) {}

        @Override
        public void done(double share) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };

  private JudgeUpdater.Updated update(JudgeUpdater updater, JudgeUpdateSettings settings)
      throws Exception {
    return updater.update(JudgeUpdater.initialState("j", base), base, data, settings, DIGEST, NONE);
  }

  private static JudgeUpdateResult result(JudgeUpdater.Updated updated) {
    return updated.state().result(updated.state().step()).orElseThrow();
  }

  private static double accuracy(JudgeUpdateResult result) {
    var scores = result.validation().get(0).domains().values();
    double right = scores.stream().mapToInt(JudgeUpdateResult.Score::right).sum();
    return right / scores.stream().mapToInt(JudgeUpdateResult.Score::total).sum();
  }

  private static Preference pair(String prompt) {
    return Preference.of(prompt, 0, 1, Choice.FIRST, "x");
  }

  private static JudgeUpdateSettings with(
      JudgeUpdateSettings s,
      String recipe,
      String reasons,
      int minibatch,
      String on,
      double average) {
    return ChangedSettings.of(
        s,
        Map.of(
            "recipe", recipe,
            "reasons", reasons,
            "minibatch", minibatch,
            "bradleyTerryOn", on,
            "average", average));
  }

  private static JudgeUpdateSettings withRates(JudgeUpdateSettings s, double rate) {
    UpdateSettings.Optimizer o = s.optimizer();
    return ChangedSettings.of(
        s,
        Map.of(
            "optimizer",
            new UpdateSettings.Optimizer(
                "adamw", rate, rate, o.beta1(), o.beta2(), o.epsilon(), 0, o.muonMomentum(), 1)));
  }
}
