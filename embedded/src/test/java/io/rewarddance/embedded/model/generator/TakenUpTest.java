package io.rewarddance.embedded.model.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.noise.Philox;
import io.rewarddance.embedded.testing.Calls;
import io.rewarddance.embedded.testing.Repository;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trajectories that stop on the way, are taken up there, or are noised again. */
class TakenUpTest {
  private static final String MODEL = "shapes_generator";
  private static final int STEPS = 6;
  private static final int SIZE = 3 * 32 * 32;
  private static final ExecutionPool POOL = new ExecutionPool(2);
  private static ServedModel generator;
  private static Map<String, Tensor> undisturbed;

  @BeforeAll
  static void open() throws ModelLoadException {
    generator =
        new FlowGeneratorFactory()
            .open(Repository.config(MODEL), Repository.version(MODEL), 1, POOL);
    undisturbed = infer(red(41));
  }

  @AfterAll
  static void close() {
    generator.close();
    POOL.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void takenUpWhereItStoppedItEndsInTheSameBytes(int step) {
    Map<String, Tensor> first = infer(red(41).with(ints("stop_step", step)));
    assertThat(first.get("latents").shape()).containsExactly(1, 1, 3, 32, 32);
    assertThat(first.get("sigmas")).isEqualTo(undisturbed.get("sigmas"));
    Map<String, Tensor> rest =
        infer(red(7).with(latent(first)).with(ints("start_step", step))); // the seed plays no part
    assertThat(rest).isEqualTo(undisturbed);
  }

  @Test
  void aStateOfTheWindowIsAStateToTakeUp() {
    Map<String, Tensor> whole = infer(red(5).window("cps", 1, 2));
    Tensor last = whole.get("latents").rows(0, 1);
    float[] states = last.floats();
    Tensor third = start(Arrays.copyOfRange(states, 2 * SIZE, 3 * SIZE));
    Map<String, Tensor> rest = infer(red(5).with(third).with(ints("start_step", 3)));
    assertThat(rest.get("image")).isEqualTo(whole.get("image"));
  }

  @Test
  void aWindowAfterTheStartDrawsTheSameNoise() {
    Map<String, Tensor> whole = infer(red(5).window("flow-sde", 2, 2));
    Tensor first = start(Arrays.copyOf(whole.get("latents").floats(), SIZE));
    Map<String, Tensor> rest =
        infer(red(5).window("flow-sde", 2, 2).with(first).with(ints("start_step", 2)));
    assertThat(rest).isEqualTo(whole);
  }

  @Test
  void noiseOfTheCallersOwnIsTakenUpAtTheTop() {
    Tensor noise = start(Philox.normals(41, Philox.INITIAL_NOISE, 0, SIZE));
    assertThat(infer(red(2).with(noise))).isEqualTo(undisturbed);
    assertThat(infer(red(41).with(ints("start_step", 0)).with(ints("stop_step", STEPS))))
        .isEqualTo(undisturbed);
  }

  /** Stopped early, the image is what the last velocity says it will be: x - sigma v. */
  @Test
  void anEarlyImageIsTheCleanGuess() {
    float[] one = infer(red(41).with(ints("stop_step", 2))).get("latents").floats();
    Map<String, Tensor> stopped = infer(red(41).with(ints("stop_step", 3)));
    float[] two = stopped.get("latents").floats();
    float[] sigmas = undisturbed.get("sigmas").floats();
    byte[] image = stopped.get("image").int8s();
    int clipped = 0;
    for (int pixel = 0; pixel < 32 * 32; pixel++) {
      for (int channel = 0; channel < 3; channel++) {
        int at = channel * 32 * 32 + pixel;
        double velocity = (two[at] - one[at]) / ((double) sigmas[3] - sigmas[2]);
        double guess = (one[at] - sigmas[2] * velocity + 1) * 127.5;
        double shown = Math.max(0, Math.min(255, guess));
        clipped += shown == guess ? 0 : 1;
        assertThat((double) Byte.toUnsignedInt(image[3 * pixel + channel]))
            .isCloseTo(shown, within(0.51));
      }
    }
    assertThat(clipped).isLessThan(SIZE / 2);
  }

  @Test
  void renoisingIsReplayedFromTheSeedAlone() {
    Map<String, Tensor> first = infer(red(41).with(ints("stop_step", 4)));
    Map<String, Tensor> served =
        infer(red(9).with(latent(first)).with(ints("start_step", 4)).with(ints("renoise_step", 2)));
    float[] sigmas = undisturbed.get("sigmas").floats();
    double kept = (1 - (double) sigmas[2]) / (1 - (double) sigmas[4]);
    double fresh = Math.sqrt(sigmas[2] * (double) sigmas[2] - Math.pow(kept * sigmas[4], 2));
    float[] noise = Philox.normals(9, Philox.RENOISING, 2, SIZE);
    float[] state = first.get("latents").floats();
    for (int i = 0; i < SIZE; i++) {
      state[i] = (float) (kept * state[i] + fresh * noise[i]);
    }
    assertThat(infer(red(1).with(start(state)).with(ints("start_step", 2)))).isEqualTo(served);
    assertThat(served.get("image")).isNotEqualTo(undisturbed.get("image"));
  }

  @Test
  void aCleanImageCanBeNoisedAndDrawnAgain() {
    Calls again = red(9).with(latent(undisturbed)).with(ints("start_step", STEPS));
    Tensor near = infer(again.with(ints("renoise_step", STEPS - 1))).get("image");
    assertThat(near).isNotEqualTo(undisturbed.get("image"));
    byte[] before = undisturbed.get("image").int8s();
    byte[] after = near.int8s();
    double squares = 0;
    for (int i = 0; i < before.length; i++) {
      squares += Math.pow(Byte.toUnsignedInt(after[i]) - Byte.toUnsignedInt(before[i]), 2);
    }
    assertThat(Math.sqrt(squares / before.length)).isBetween(0.5, 40.0);
  }

  /** Spans of the same and of other lengths, schedules and starts share a batch. */
  @Test
  void companyDoesNotChangeAByte() {
    Map<String, Tensor> first = infer(red(41).with(ints("stop_step", 3)));
    List<Calls> requests = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      requests.add(
          switch (i % 3) {
            case 0 -> red(i).with(Calls.ints("steps", 1, 3));
            case 1 -> red(i).with(latent(first)).with(ints("start_step", 3));
            default ->
                red(i)
                    .with(latent(first))
                    .with(ints("start_step", 3))
                    .with(ints("renoise_step", 1))
                    .with(ints("stop_step", 4));
          });
    }
    List<Map<String, Tensor>> alone = requests.stream().map(TakenUpTest::infer).toList();
    List<Map<String, Tensor>> together =
        generator.infer(requests.stream().map(Calls::call).toList()).stream()
            .map(Calls::outputs)
            .toList();
    assertThat(together).isEqualTo(alone);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stop_step 7  | false | stop_step: 7 (expected: 1 to 6 with steps 6)",
        "start_step 2 | false | start_step: 2 (expected: 0 without start_latent)",
        "start_step 6 | true  | start_step: 6 (expected: 0 to 5 with steps 6)",
        "window 1     | true  | sde_start: 1 with sde_steps 1 (expected: a window in the steps taken, 3 to 5)",
        "NaN 0        | true  | start_latent: NaN in row 0 (expected: finite)",
        "-Infinity 0  | true  | start_latent: -Infinity in row 0 (expected: finite)",
      })
  void badRequestsFailAloneAndNameTheTensor(String change, boolean latent, String text) {
    String[] words = change.split(" ");
    Calls bad = red(1);
    if (latent) {
      bad.with(start(new float[SIZE])).with(ints("start_step", 3));
    }
    switch (words[0]) {
      case "window" -> bad.window("cps", 1, 1);
      case "NaN", "-Infinity" -> {
        float[] values = new float[SIZE];
        values[SIZE - 1] = Float.parseFloat(words[0]);
        bad.with(start(values));
      }
      default -> bad.with(ints(words[0], Integer.parseInt(words[1])));
    }
    List<InferResult> results = generator.infer(List.of(red(41).call(), bad.call()));
    assertThat(Calls.outputs(results.get(0))).isEqualTo(undisturbed);
    InferResult.Failure failure = Calls.failure(results.get(1));
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_ARGUMENT);
    assertThat(failure.text()).isEqualTo(text);
  }

  private static Calls red(long seed) {
    return Calls.generator(new String[] {"a red circle"}, seed);
  }

  private static Tensor ints(String name, int value) {
    return Calls.ints(name, 1, value);
  }

  private static Tensor latent(Map<String, Tensor> answer) {
    return start(answer.get("latents").floats());
  }

  private static Tensor start(float[] values) {
    return Tensors.ofFp32("start_latent", new long[] {1, 3, 32, 32}, values);
  }

  private static Map<String, Tensor> infer(Calls calls) {
    return Calls.outputs(generator.infer(List.of(calls.call())).get(0));
  }
}
