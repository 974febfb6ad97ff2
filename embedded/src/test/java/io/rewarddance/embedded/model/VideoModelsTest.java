package io.rewarddance.embedded.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.embedded.model.generator.FlowGeneratorFactory;
import io.rewarddance.embedded.model.judge.YesNoJudgeFactory;
import io.rewarddance.embedded.model.oracle.ShapesVideoOracleFactory;
import io.rewarddance.embedded.testing.Calls;
import io.rewarddance.embedded.testing.GoldenFile;
import io.rewarddance.embedded.testing.Repository;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The video models against what Python says of the same weights. */
class VideoModelsTest {
  private static final int FRAMES = 4;
  private static final int SIZE = 16;
  private static final int FRAME = SIZE * SIZE * 3;
  private static final ExecutionPool POOL = new ExecutionPool(2);

  @AfterAll
  static void close() {
    POOL.close();
  }

  private static ServedModel open(ModelFactory factory, String model) throws ModelLoadException {
    return factory.open(Repository.config(model), Repository.version(model), 1, POOL);
  }

  private static Tensor videos(byte[] videos) {
    long rows = videos.length / (FRAMES * FRAME);
    return Tensors.ofUint8("video", new long[] {rows, FRAMES, SIZE, SIZE, 3}, videos);
  }

  @ParameterizedTest
  @CsvSource({
    "text, ode, 0", "text, flow-sde, 2", "text, dance-sde, 2", "text, cps, 2",
    "frame, ode, 0", "frame, flow-sde, 2", "frame, dance-sde, 2", "frame, cps, 2"
  })
  void trajectoriesAgreeWithPyTorch(String kind, String sampler, int window) throws Exception {
    GoldenFile golden = GoldenFile.open("video_trajectory");
    String[] prompt = {golden.json().get("prompt").stringValue()};
    Calls calls =
        Calls.generator(prompt, golden.json().get("seed").longValue())
            .window(sampler, 1, window)
            .asking("video", "latents", "log_probs");
    byte[] frame = golden.bytes("first_frame");
    boolean framed = kind.equals("frame");
    if (framed) {
      calls.with(Tensors.ofUint8("first_frame", new long[] {1, SIZE, SIZE, 3}, frame));
    }
    try (ServedModel model = open(new FlowGeneratorFactory(), "shapes_video_generator")) {
      Map<String, Tensor> outputs = Calls.outputs(model.infer(List.of(calls.call())).get(0));
      String name = kind + "_" + sampler;
      byte[] expected = golden.bytes(name + "_video");
      byte[] drawn = outputs.get("video").int8s();
      assertThat(outputs.get("video").shape()).containsExactly(1, FRAMES, SIZE, SIZE, 3);
      assertThat(drawn).hasSameSizeAs(expected);
      for (int i = 0; i < expected.length; i++) {
        assertThat(drawn[i] & 0xFF).as("byte %d", i).isCloseTo(expected[i] & 0xFF, within(1));
      }
      assertThat(outputs.get("latents").shape())
          .containsExactly(1, Math.max(1, window + (window > 0 ? 1 : 0)), 3, FRAMES, SIZE, SIZE);
      assertClose(outputs.get("latents").floats(), golden.floats(name + "_latents"));
      double[] logProbs = golden.doubles(name + "_log_probs");
      float[] said = outputs.get("log_probs").floats();
      for (int step = 0; step < window; step++) {
        assertThat((double) said[step]).isCloseTo(logProbs[step], within(1e-4));
      }
      assertThat(Arrays.equals(Arrays.copyOf(drawn, FRAME), frame)).isEqualTo(framed);
    }
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], within(1e-4f));
    }
  }

  @Test
  void answersAreThePyTorchJudges() throws Exception {
    GoldenFile golden = GoldenFile.open("video_judge");
    String[] prompts = golden.texts("prompts");
    Calls calls =
        Calls.judge(prompts, new byte[prompts.length * 3072])
            .without("image")
            .with(videos(golden.bytes("videos")));
    float[] logProbs = golden.floats("log_probs");
    int words = logProbs.length / prompts.length;
    List<String> vocabulary =
        java.nio.file.Files.readAllLines(
            Repository.version("shapes_video_judge").resolve("vocabulary.txt"));
    try (ServedModel judge = open(new YesNoJudgeFactory(), "shapes_video_judge")) {
      Map<String, Tensor> outputs =
          Calls.outputs(
              judge.infer(List.of(calls.asking("yes_log_prob", "no_log_prob").call())).get(0));
      for (String answer : List.of("yes", "no")) {
        float[] said = outputs.get(answer + "_log_prob").floats();
        for (int row = 0; row < prompts.length; row++) {
          float expected = logProbs[row * words + vocabulary.indexOf(answer)];
          assertThat(said[row]).as("%s of row %d", answer, row).isCloseTo(expected, within(1e-4f));
        }
      }
    }
  }

  @Test
  void verdictsAreThePythonOracles() throws Exception {
    GoldenFile golden = GoldenFile.open("video_oracle");
    String[] prompts = golden.texts("prompts");
    Calls calls =
        Calls.oracle(prompts, new byte[prompts.length * 3072])
            .without("image")
            .with(videos(golden.bytes("videos")));
    String[] numbers = {"strict", "graded", "objects", "motion", "template_fit", "grain"};
    try (ServedModel oracle = open(new ShapesVideoOracleFactory(), "shapes_video_oracle")) {
      Map<String, Tensor> outputs = Calls.outputs(oracle.infer(List.of(calls.call())).get(0));
      for (String number : numbers) {
        double[] expected = golden.doubles(number);
        float[] said = outputs.get(number).floats();
        for (int row = 0; row < prompts.length; row++) {
          assertThat((double) said[row])
              .as("%s of row %d, %s", number, row, prompts[row])
              .isCloseTo(expected[row], within(1e-6));
        }
        assertThat(Arrays.stream(expected).distinct().count()).as(number).isGreaterThan(1);
      }
      assertThat(outputs.get("diversity_label").int32s()).isEqualTo(golden.ints("diversity_label"));
    }
  }

  @Test
  void aPromptOfAnotherWorldIsRefused() throws Exception {
    Calls calls =
        Calls.oracle(new String[] {"a red circle moving sideways"}, new byte[3072])
            .without("image")
            .with(videos(new byte[FRAMES * FRAME]));
    try (ServedModel oracle = open(new ShapesVideoOracleFactory(), "shapes_video_oracle")) {
      InferResult result = oracle.infer(List.of(calls.call())).get(0);
      assertThat(Calls.failure(result).text()).startsWith("prompt: unknown word \"sideways\"");
    }
  }
}
