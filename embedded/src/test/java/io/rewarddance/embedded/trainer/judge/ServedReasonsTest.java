package io.rewarddance.embedded.trainer.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.model.judge.YesNoJudgeFactory;
import io.rewarddance.embedded.testing.Calls;
import io.rewarddance.embedded.testing.GoldenFile;
import io.rewarddance.embedded.testing.ReasonsFirst;
import io.rewarddance.embedded.testing.Repository;
import io.rewarddance.embedded.trainer.ChangedSettings;
import io.rewarddance.embedded.trainer.DrawnPreferences;
import io.rewarddance.embedded.trainer.tensor.BoundWeights;
import io.rewarddance.embedded.trainer.tensor.Scopes;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.proto.training.JudgeUpdateSettings;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.preference.Choice;
import io.rewarddance.rollout.preference.Preference;
import io.rewarddance.rollout.preference.PreferenceSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What training measures of a judge that gives its reason first is what the server answers. */
class ServedReasonsTest {
  private static final int PIXELS = 3072;
  private static final GoldenFile GOLDEN = GoldenFile.open("judge");
  private static final String[] PROMPTS = GOLDEN.texts("prompts");

  @TempDir Path directory;

  /** Also with other words for answers: two forms, one of which it says early, and none it says. */
  @ParameterizedTest
  @CsvSource({
    "pointwise-generative, yes, no",
    "pairwise-generative, yes, no",
    "pairwise-generative, yes circle, no",
    "pairwise-generative, four, three",
    "pointwise-generative, four, three",
  })
  void theServersAnswersGiveTheProbabilitiesThatTrainingMeasures(
      String recipe, String yes, String no) throws Exception {
    Path version = ReasonsFirst.copyVersion(directory.resolve("1"));
    ReasonsFirst.writeConfig(directory, yes, no);
    double[] measured = measured(recipe, version);
    double[] served = served(recipe.startsWith("pairwise"), version);
    for (int p = 0; p < PROMPTS.length; p++) {
      assertThat(served[p]).as("pair %d", p).isCloseTo(measured[p], within(1e-5));
    }
    assertThat(Arrays.stream(measured).distinct().count()).isGreaterThan(PROMPTS.length / 2);
  }

  /** P(second is better) of each pair (reference, image) as a validation takes it. */
  private static double[] measured(String recipe, Path version) throws Exception {
    JudgePlan plan = JudgePlan.of(settings(recipe));
    JudgeBase base = JudgeBase.read(version);
    float[] flat = base.layout().flatten(base.weights());
    try (JudgeTraces traces = JudgeTraces.open(plan, base);
        BoundWeights weights = new BoundWeights(base.layout(), flat, false)) {
      Pairs pairs = Pairs.of("golden", pairs(), base, 0);
      int[] all = IntStream.range(0, pairs.size()).toArray();
      return Scopes.withoutGradient(
          () -> traces.verdict().secondBetter(pairs, all, weights.tensors()));
    }
  }

  private static PreferenceSet pairs() {
    List<Image> images = new ArrayList<>();
    List<Preference> pairs = new ArrayList<>();
    for (int p = 0; p < PROMPTS.length; p++) {
      images.add(image("references", p));
      images.add(image("images", p));
      pairs.add(Preference.of(PROMPTS[p], 2 * p, 2 * p + 1, Choice.SECOND, "eye"));
    }
    return new PreferenceSet(images, pairs);
  }

  private static Image image(String tensor, int row) {
    byte[] all = GOLDEN.bytes(tensor);
    return Image.of(32, 32, Arrays.copyOfRange(all, row * PIXELS, (row + 1) * PIXELS));
  }

  private static JudgeUpdateSettings settings(String recipe) {
    return ChangedSettings.of(
        DrawnPreferences.settings(recipe, 1),
        Map.of("reasons", "reasons-first", "orderSwap", false));
  }

  private static double[] served(boolean pairwise, Path version) throws Exception {
    try (ExecutionPool pool = new ExecutionPool(2);
        ServedModel judge =
            new YesNoJudgeFactory()
                .open(Repository.config(version.getParent()), version, 1, pool)) {
      double[] second = logOdds(judge, "images", pairwise);
      double[] first = pairwise ? new double[second.length] : logOdds(judge, "references", false);
      return IntStream.range(0, second.length)
          .mapToDouble(p -> 1 / (1 + Math.exp(first[p] - second[p])))
          .toArray();
    }
  }

  private static double[] logOdds(ServedModel judge, String images, boolean compared) {
    int rows = PROMPTS.length;
    Calls calls = Calls.judge(PROMPTS, GOLDEN.bytes(images));
    calls.with(Tensors.ofInt32("max_reason_tokens", new long[] {rows, 1}, new int[rows]));
    if (compared) {
      calls.with(Calls.images("reference", rows, GOLDEN.bytes("references")));
    }
    Map<String, Tensor> outputs = Calls.outputs(judge.infer(List.of(calls.call())).get(0));
    float[] yes = outputs.get("yes_log_prob").floats();
    float[] no = outputs.get("no_log_prob").floats();
    return IntStream.range(0, rows).mapToDouble(row -> (double) yes[row] - no[row]).toArray();
  }
}
