package io.rewarddance.embedded.trainer.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.embedded.model.onnx.Lane;
import io.rewarddance.embedded.model.onnx.Network;
import io.rewarddance.embedded.testing.Bases;
import io.rewarddance.embedded.trainer.ChangedSettings;
import io.rewarddance.embedded.trainer.DrawnPreferences;
import io.rewarddance.embedded.trainer.tensor.BoundWeights;
import io.rewarddance.embedded.trainer.tensor.Scopes;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import io.rewarddance.embedded.trainer.tensor.TracedNetwork;
import io.rewarddance.embedded.weights.SafeTensors;
import io.rewarddance.embedded.weights.WeightTensor;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.proto.training.JudgeUpdateSettings;
import io.rewarddance.rollout.preference.PreferenceFile;
import io.rewarddance.rollout.preference.PreferenceWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bases that ship with the project: each one's networks, and that every recipe trains it. */
class BasesTest {
  private static final int ROWS = 3;
  private static final int PIXELS = 32 * 32 * 3;
  private static final int WORDS = 8;
  private static final int SAID = JudgeTraces.ANSWER_TOKENS;
  private static final List<String> QUESTIONS =
      List.of("pointwise", "pairwise", "regressive", "pointwise_reasons", "pairwise_reasons");

  /** A weight that each way to train reaches, and one that it doesn't. */
  private static final List<Arguments> WAYS =
      List.of(
          Arguments.of("pairwise-generative", "none", "compare.weight", "score.weight"),
          Arguments.of("pointwise-generative", "none", "answer.weight", "compare.weight"),
          Arguments.of("pointwise-regressive", "none", "score.weight", "answer.weight"),
          Arguments.of("pairwise-generative", "decision-first", "answer_place", "score.weight"),
          Arguments.of("pointwise-generative", "reasons-first", "answer_place", "compare.weight"));

  @TempDir Path directory;

  static Stream<Arguments> networks() {
    return Bases.NAMES.stream()
        .flatMap(base -> QUESTIONS.stream().map(question -> Arguments.of(base, question)));
  }

  static Stream<Arguments> trainings() {
    return Bases.NAMES.stream()
        .flatMap(
            base ->
                WAYS.stream()
                    .map(
                        way ->
                            Arguments.of(
                                Stream.concat(Stream.of(base), Arrays.stream(way.get()))
                                    .toArray())));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void traceAndGraphAgree(String name, String question) throws Exception {
    JudgeBase base = JudgeBase.read(Bases.version(name));
    int vocabulary = base.tokenizer().vocabulary().size();
    boolean talks = question.endsWith("_reasons");
    Map<String, Object> inputs = inputs(question, vocabulary);
    double[] traced = traced(base, question, inputs.values());
    assertThat(traced).hasSize(ROWS * (talks ? SAID + 1 : 1) * vocabulary);
    float[] served = served(name, question, inputs, traced.length);
    for (int i = 0; i < traced.length; i++) {
      assertThat((double) served[i]).isCloseTo(traced[i], within(1e-4));
    }
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void everyRecipeMakesAnUpdate(
      String name, String recipe, String reasons, String reached, String still) throws Exception {
    JudgeBase base = JudgeBase.read(Bases.version(name));
    JudgeUpdateSettings settings = settings(recipe, reasons);
    PreferenceFile file =
        PreferenceWriter.write(
            directory.resolve("pairs.h5"),
            DrawnPreferences.saying(DrawnPreferences.contrary(8, 1), "wrong square"));
    JudgeData data = new JudgeData(file, List.of(new JudgeData.Named("same", file)));
    try (JudgeUpdater updater = new JudgeUpdater(2)) {
      JudgeUpdater.Updated updated =
          updater.update(
              JudgeUpdater.initialState("j", base),
              base,
              data,
              settings,
              "d".repeat(64),
              JudgeUpdaterTest.NONE);
      JudgeUpdateResult result = updated.state().result(0).orElseThrow();
      assertThat(result.loss()).isFinite().isPositive();
      assertThat(result.gradientNorm()).isPositive();
      assertThat(result.reasonLoss() > 0).isEqualTo(!reasons.equals("none"));
      Map<String, WeightTensor> before = base.weights().tensors();
      Map<String, WeightTensor> after =
          SafeTensors.decode(updated.weightsFile(), "updated").tensors();
      assertThat(after.get(reached)).isNotEqualTo(before.get(reached));
      assertThat(after.get(still)).isEqualTo(before.get(still));
    }
  }

  /** By the names of the graph, in the order of the trace. */
  private static Map<String, Object> inputs(String question, int vocabulary) {
    Random random = new Random(7);
    Map<String, Object> inputs = new LinkedHashMap<>();
    if (question.startsWith("pairwise")) {
      inputs.put("reference", bytes(random));
    }
    inputs.put("image", bytes(random));
    inputs.put("tokens", random.longs(ROWS * WORDS, 0, 20).toArray());
    if (question.endsWith("_reasons")) {
      inputs.put("answer", random.longs(ROWS * SAID, 0, vocabulary).toArray());
    }
    return inputs;
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[ROWS * PIXELS];
    random.nextBytes(bytes);
    return bytes;
  }

  private static double[] traced(JudgeBase base, String question, Iterable<Object> inputs)
      throws Exception {
    float[] flat = base.layout().flatten(base.weights());
    try (TracedNetwork trace = TracedNetwork.read(base.trace(question + ".pt", "this test"));
        BoundWeights weights = new BoundWeights(base.layout(), flat, false)) {
      return Scopes.withoutGradient(
          () -> {
            List<Tensor> tensors = new ArrayList<>();
            for (Object input : inputs) {
              tensors.add(
                  input instanceof byte[] pixels
                      ? Tensors.of(pixels, ROWS, 32, 32, 3)
                      : Tensors.of((long[]) input, ROWS, ((long[]) input).length / ROWS));
            }
            return Tensors.doubles(
                trace.forward(tensors.toArray(Tensor[]::new), weights.tensors()).flatten());
          });
    }
  }

  private static float[] served(
      String name, String question, Map<String, Object> inputs, int elements) throws Exception {
    Path directory = Bases.version(name);
    try (Network network =
            Network.open(
                directory.resolve(question + ".onnx"),
                SafeTensors.read(directory.resolve("weights.safetensors")),
                ROWS);
        Lane.Loan loan = network.borrow()) {
      Lane lane = loan.lane();
      inputs.forEach(
          (tensor, values) -> {
            if (values instanceof byte[] pixels) {
              lane.bytes(tensor).put(pixels);
            } else {
              lane.bytes(tensor).asLongBuffer().put((long[]) values);
            }
          });
      lane.run();
      float[] served = new float[elements];
      lane.bytes("log_probs").asFloatBuffer().get(served);
      return served;
    }
  }

  private static JudgeUpdateSettings settings(String recipe, String reasons) {
    return ChangedSettings.of(
        DrawnPreferences.settings(recipe, 1),
        Map.of("reasons", reasons, "minibatch", 4, "average", 0));
  }
}
