package io.rewarddance.embedded.model.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.testing.Calls;
import io.rewarddance.embedded.testing.GoldenFile;
import io.rewarddance.embedded.testing.Repository;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.triton.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapesStyleTest {
  private static final String MODEL = "shapes_style";
  private static final int PIXELS = 3072;
  private static final GoldenFile ORACLE = GoldenFile.open("oracle");
  private static final GoldenFile STYLE = GoldenFile.open("style");

  @Test
  void likenessesAreThePythonMeasures() throws ModelLoadException {
    try (ExecutionPool pool = new ExecutionPool(2);
        ServedModel style = open(Repository.config(MODEL), pool)) {
      Map<String, Tensor> outputs = Calls.outputs(style.infer(List.of(golden().call())).get(0));
      Map.of("score", "score", "colour", "colour_likeness")
          .forEach((golden, output) -> assertSame(outputs.get(output), STYLE.doubles(golden)));
      Map.of("size", "size_likeness", "shade", "shade_likeness")
          .forEach((golden, output) -> assertSame(outputs.get(output), STYLE.doubles(golden)));
    }
    assertThat(STYLE.doubles("colour")).contains(-1, 0, 1);
  }

  private static void assertSame(Tensor output, double[] expected) {
    assertThat(output.shape()).containsExactly(expected.length, 1);
    for (int row = 0; row < expected.length; row++) {
      assertThat(output.floats()[row]).as("row %d", row).isEqualTo((float) expected[row]);
    }
  }

  @Test
  void badRequestsFailAlone() throws ModelLoadException {
    try (ExecutionPool pool = new ExecutionPool(2);
        ServedModel style = open(Repository.config(MODEL), pool)) {
      Calls pink = Calls.oracle(new String[] {"a pink circle"}, new byte[PIXELS]);
      pink.with(Calls.images("reference", 1, new byte[PIXELS]));
      List<InferResult> results =
          style.infer(
              List.of(pink.call(), golden().cancelledWhen(() -> true).call(), golden().call()));
      assertThat(Calls.failure(results.get(0)).text()).startsWith("prompt: unknown word \"pink\"");
      assertThat(Calls.failure(results.get(1)).code()).isEqualTo(FailureCode.CANCELLED);
      assertThat(Calls.outputs(results.get(2)))
          .containsOnlyKeys("score", "colour_likeness", "size_likeness", "shade_likeness");
    }
  }

  @Test
  void referencesOfAnotherShapeAreRefusedWhenTheModelIsOpened() {
    ModelConfig.Builder config = Repository.config(MODEL).toBuilder();
    config.getInputBuilder(2).clearDims().addDims(64).addDims(64).addDims(3);
    assertThatThrownBy(() -> open(config.build(), new ExecutionPool(1)))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("input 'reference': [64, 64, 3] (expected: [32, 32, 3] as in oracle.json)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"size_span\": 0, \"shade_span\": 48} | size_span: 0.0 (expected: above 0, at most 1)",
        "{\"size_span\": 0.5, \"shade_span\": -1} | shade_span: -1.0 (expected: a number > 0)",
        "{\"size_span\": 0.5} | shade_span",
        "{\"size_span\": 0.5, \"shade_span\": 4, \"sise\": 1} | sise",
      })
  void brokenNumbersNameTheField(String json, String message, @TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("style.json"), json);
    assertThatThrownBy(() -> StyleLimits.read(file))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("style.json")
        .hasMessageContaining(message);
  }

  /** Each of the oracle's images and the next one. */
  private static Calls golden() {
    byte[] images = ORACLE.bytes("images");
    byte[] next = new byte[images.length];
    System.arraycopy(images, PIXELS, next, 0, images.length - PIXELS);
    System.arraycopy(images, 0, next, images.length - PIXELS, PIXELS);
    return Calls.oracle(ORACLE.texts("prompts"), images)
        .with(Calls.images("reference", images.length / PIXELS, next));
  }

  private static ServedModel open(ModelConfig config, ExecutionPool pool)
      throws ModelLoadException {
    return ShapesMeasure.STYLE.open(config, Repository.version(MODEL), 1, pool);
  }
}
