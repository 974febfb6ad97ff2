package io.rewarddance.embedded.model.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.testing.Calls;
import io.rewarddance.embedded.testing.GoldenFile;
import io.rewarddance.embedded.testing.Repository;
import io.rewarddance.embedded.weights.SafeTensors;
import io.rewarddance.embedded.weights.WeightTensor;
import io.rewarddance.embedded.weights.Weights;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.digest.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowGeneratorTest {
  private static final long VERSION = 3;
  private static final String MODEL = "shapes_generator";
  private static final ExecutionPool POOL = new ExecutionPool(2);
  private static ServedModel generator;

  @BeforeAll
  static void open() throws ModelLoadException {
    generator = open(Repository.version(MODEL));
  }

  @AfterAll
  static void close() {
    generator.close();
    POOL.close();
  }

  private static ServedModel open(Path directory) throws ModelLoadException {
    return new FlowGeneratorFactory().open(Repository.config(MODEL), directory, VERSION, POOL);
  }

  @ParameterizedTest
  @CsvSource({"ode, 0", "flow-sde, 2", "dance-sde, 2", "cps, 2"})
  void trajectoriesAgreeWithPyTorch(String sampler, int window) {
    GoldenFile golden = GoldenFile.open("trajectory");
    Calls calls =
        one(golden.json().get("prompt").stringValue(), golden.json().get("seed").longValue())
            .window(sampler, golden.json().get("sde_start").intValue(), window);
    Map<String, Tensor> outputs = infer(calls).get(0);

    byte[] image = golden.bytes(sampler + "_image");
    byte[] drawn = outputs.get("image").int8s();
    for (int i = 0; i < image.length; i++) {
      assertThat(Byte.toUnsignedInt(drawn[i])).isCloseTo(Byte.toUnsignedInt(image[i]), within(1));
    }
    assertThat(outputs.get("latents").shape())
        .containsExactly(1, window == 0 ? 1 : window + 1, 3, 32, 32);
    assertClose(outputs.get("latents").floats(), golden.floats(sampler + "_latents"), 1e-4f);
    assertThat(outputs.get("log_probs").shape()).containsExactly(1, window);
    double[] logProbs = golden.doubles(sampler + "_log_probs");
    for (int i = 0; i < window; i++) {
      assertThat((double) outputs.get("log_probs").floats()[i])
          .isCloseTo(logProbs[i], within(1e-4));
    }
    assertThat(outputs.get("sigmas").floats()).containsExactly(golden.floats("sigmas"));
  }

  @Test
  void answersNameTheirPolicy() throws Exception {
    Map<String, Tensor> outputs =
        infer(one("a red circle", 1).with(Calls.longs("policy_version", 1, VERSION))).get(0);
    assertThat(outputs.get("policy_version").int64s()).containsExactly(VERSION);
    assertThat(outputs.get("policy_digest").strings())
        .containsExactly(Sha256.of(Repository.version(MODEL).resolve("weights.safetensors")));
  }

  /** Nine rows need two runs of the network; samplers, windows and steps are mixed. */
  @Test
  void companyAndOrderDoNotChangeAByte() {
    List<Calls> requests = new ArrayList<>();
    String[] prompts = {"a red circle", "two blue squares", "a green triangle above a circle"};
    String[] samplers = {"flow-sde", "dance-sde", "cps"};
    for (int i = 0; i < 9; i++) {
      requests.add(
          one(prompts[i % 3], 100 + i)
              .with(Calls.ints("steps", 1, 3 + i % 2))
              .window(samplers[i % 3], i % 2, 1));
    }
    List<Map<String, Tensor>> alone = new ArrayList<>();
    requests.forEach(request -> alone.addAll(infer(request)));
    assertThat(infer(requests.toArray(Calls[]::new))).isEqualTo(alone);
    Collections.reverse(requests);
    Collections.reverse(alone);
    assertThat(infer(requests.toArray(Calls[]::new))).isEqualTo(alone);
  }

  /** Calls that come from many threads share runs of the network, each at a step of its own. */
  @Test
  void callsUnderWayAtTheSameTimeDoNotChangeAByte() {
    List<Calls> requests = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String[] prompts = new String[1 + i % 5];
      Arrays.fill(prompts, i % 2 == 0 ? "a red circle" : "two blue squares");
      Calls calls =
          Calls.generator(prompts, LongStream.range(10 * i, 10 * i + 1 + i % 5).toArray());
      requests.add(
          calls.with(Calls.ints("steps", prompts.length, 2 + i % 3)).window("flow-sde", 0, i % 2));
    }
    List<Map<String, Tensor>> alone = requests.stream().map(calls -> infer(calls).get(0)).toList();
    assertThat(requests.parallelStream().map(calls -> infer(calls).get(0)).toList())
        .isEqualTo(alone);
  }

  @Test
  void aShortCallIsAnsweredBeforeALongOneOfItsBatch() {
    InferCall slow = one("a circle", 1).with(Calls.ints("steps", 1, 64)).call();
    InferCall fast = one("a square", 2).with(Calls.ints("steps", 1, 1)).call();
    List<CompletableFuture<InferResult>> results = generator.begin(List.of(slow, fast));
    CompletableFuture<Boolean> slowWasDone = new CompletableFuture<>();
    results.get(1).thenRun(() -> slowWasDone.complete(results.get(0).isDone()));
    assertThat(slowWasDone.orTimeout(10, TimeUnit.SECONDS).join()).isFalse();
    assertThat(Calls.outputs(results.get(0).join())).containsKey("image");
  }

  @Test
  void rowsOfOneRequestAreTheRequestsOfOneRow() {
    String[] prompts = {"a red circle", "a blue square"};
    Map<String, Tensor> together = infer(Calls.generator(prompts, 5, 6).window("cps", 1, 2)).get(0);
    for (int row = 0; row < 2; row++) {
      Map<String, Tensor> single = infer(one(prompts[row], 5 + row).window("cps", 1, 2)).get(0);
      for (String output : single.keySet()) {
        assertThat(together.get(output).rows(row, row + 1)).isEqualTo(single.get(output));
      }
    }
  }

  @Test
  void onlyRequestedOutputsAreMade() {
    var call = one("a red circle", 1).call();
    var imageOnly = new InferCall("", call.inputs(), Set.of("image"), call.cancelled());
    Map<String, Tensor> outputs = Calls.outputs(generator.infer(List.of(imageOnly)).get(0));
    assertThat(outputs).containsOnlyKeys("image");
    assertThat(outputs.get("image")).isEqualTo(infer(one("a red circle", 1)).get(0).get("image"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "steps 0       | steps: 0 (expected: 1 to 64)",
        "steps 65      | steps: 65 (expected: 1 to 64)",
        "sde_start 6   | sde_start: 6 (expected: 0 to 5 with steps 6)",
        "sde_steps 6   | sde_steps: 6 from sde_start 0 (expected: to end by step 5 of 6, the last has no noise)",
        "sde_steps -1  | sde_steps: -1 (expected: >= 0)",
        "version 2     | policy_version: 2 (expected: 3, the version that answers, or -1 for any)",
        "noise NaN     | noise_level: NaN (expected: finite)",
        "noise -1      | noise_level: -1.0 (expected: > 0 and finite)",
        "guidance 4.5  | guidance: 4.5 (expected: 1.0, the network has no unconditional branch)",
        "guidance NaN  | guidance: NaN (expected: 1.0, the network has no unconditional branch)",
        "sampler ddim  | sampler: \"ddim\" (expected: ode, flow-sde, dance-sde or cps)",
        "prompt pink   | prompt: unknown word \"pink\" in \"pink\" (expected: words of the model's vocabulary)",
      })
  void badRequestsFailAloneAndNameTheTensor(String change, String text) {
    String[] words = change.strip().split(" ");
    Calls bad = one("a red circle", 1).window("flow-sde", 0, 1);
    bad.with(changed(words[0], words[1]));
    List<InferResult> results =
        generator.infer(List.of(one("a circle", 2).call(), bad.call(), one("a square", 3).call()));
    InferResult.Failure failure = Calls.failure(results.get(1));
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_ARGUMENT);
    assertThat(failure.text()).isEqualTo(text.strip());
    assertThat(Calls.outputs(results.get(0))).isEqualTo(infer(one("a circle", 2)).get(0));
    assertThat(Calls.outputs(results.get(2))).containsKey("image");
  }

  private static Tensor changed(String name, String value) {
    return switch (name) {
      case "version" -> Calls.longs("policy_version", 1, Long.parseLong(value));
      case "noise" -> Calls.floats("noise_level", 1, Float.parseFloat(value));
      case "guidance" -> Calls.floats(name, 1, Float.parseFloat(value));
      case "sampler", "prompt" -> Calls.texts(name, 1, value);
      default -> Calls.ints(name, 1, Integer.parseInt(value));
    };
  }

  @Test
  void aWindowOfTheOdeRecordsTheSameTrajectoryToItsEnd() {
    Calls plain = one("a red circle", 1);
    Map<String, Tensor> whole = infer(plain).get(0);
    Map<String, Tensor> recorded = infer(one("a red circle", 1).window("ode", 4, 2)).get(0);
    assertThat(recorded.get("image")).isEqualTo(whole.get("image"));
    assertThat(recorded.get("latents").shape()).containsExactly(1, 3, 3, 32, 32);
    assertThat(recorded.get("log_probs").floats()).containsExactly(0, 0);
    float[] states = recorded.get("latents").floats();
    int size = states.length / 3;
    assertThat(Arrays.copyOfRange(states, 2 * size, 3 * size))
        .isEqualTo(whole.get("latents").floats());
    // What is recorded at level 4 is the state from which the rest of the trajectory follows.
    Calls rest =
        one("a red circle", 1)
            .with(
                Tensors.ofFp32(
                    "start_latent", new long[] {1, 3, 32, 32}, Arrays.copyOf(states, size)))
            .with(Calls.ints("start_step", 1, 4));
    assertThat(infer(rest).get(0).get("latents")).isEqualTo(whole.get("latents"));
  }

  @Test
  void aWindowOfTheOdeEndsWithTheSchedule() {
    Calls beyond = one("a red circle", 1).window("ode", 4, 3);
    assertThat(Calls.failure(generator.infer(List.of(beyond.call())).get(0)).text())
        .isEqualTo("sde_steps: 3 from sde_start 4 (expected: to end by step 6 of 6)");
  }

  @Test
  void oneRequestHasOneSetting() {
    Calls calls = Calls.generator(new String[] {"a circle", "a square"}, 1, 2);
    calls.with(Tensors.ofInt32("steps", new long[] {2, 1}, 6, 8));
    assertThat(Calls.failure(generator.infer(List.of(calls.call())).get(0)).text())
        .isEqualTo("steps: 8 in row 1 (expected: 6 as in row 0, one request has one setting)");
  }

  @Test
  void firstFramesAreRefused() {
    Calls calls = one("a circle", 1).with(Calls.images("first_frame", 1, new byte[3072]));
    assertThat(Calls.failure(generator.infer(List.of(calls.call())).get(0)).text())
        .startsWith("first_frame: given (expected: absent");
  }

  @Test
  void cancelledRequestsStopBetweenSteps() {
    AtomicInteger asked = new AtomicInteger();
    Calls cancelled =
        one("a circle", 1)
            .with(Calls.ints("steps", 1, 64))
            .cancelledWhen(() -> asked.incrementAndGet() > 5);
    List<InferResult> results =
        generator.infer(List.of(cancelled.call(), one("a square", 2).call()));
    assertThat(Calls.failure(results.get(0)).code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(asked.get()).isLessThan(10); // 64 steps would have asked more often
    assertThat(Calls.outputs(results.get(1))).containsKey("image");
  }

  @Test
  void latentsThatAreNotFiniteAreAnErrorOfTheirRow(@TempDir Path directory) throws Exception {
    Path copy = Repository.copyVersion(MODEL, directory.resolve("1"));
    Path file = copy.resolve("weights.safetensors");
    Weights weights = SafeTensors.read(file);
    Map<String, WeightTensor> changed = new TreeMap<>(weights.tensors());
    // Only prompts with the word "yellow" meet the great value, which overflows.
    changed.computeIfPresent("word.weight", (name, old) -> overflowing(old, 20));
    SafeTensors.write(weights.with(changed), file);
    try (ServedModel broken = open(copy)) {
      List<InferResult> results =
          broken.infer(List.of(one("a yellow circle", 7).call(), one("a red circle", 8).call()));
      assertThat(Calls.failure(results.get(0)).code()).isEqualTo(FailureCode.INTERNAL);
      assertThat(Calls.failure(results.get(0)).text())
          .isEqualTo(
              "latents: not finite after step 1 of 6, seed 7, prompt \"a yellow circle\""
                  + " (expected: finite)");
      assertThat(Calls.outputs(results.get(1))).containsKey("image");
    }
  }

  private static WeightTensor overflowing(WeightTensor old, int row) {
    float[] values = old.values().clone();
    int width = (int) old.shape()[1];
    Arrays.fill(values, row * width, (row + 1) * width, 3e38f);
    return new WeightTensor(old.shape(), values);
  }

  private static Calls one(String prompt, long seed) {
    return Calls.generator(new String[] {prompt}, seed);
  }

  private static List<Map<String, Tensor>> infer(Calls... calls) {
    return generator.infer(Arrays.stream(calls).map(Calls::call).toList()).stream()
        .map(Calls::outputs)
        .toList();
  }

  private static void assertClose(float[] actual, float[] expected, float tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(tolerance));
    }
  }
}
