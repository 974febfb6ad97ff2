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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapesOracleTest {
  private static final String MODEL = "shapes_oracle";

  @Test
  void rowsAreMeasuredAndBadRequestsFailAlone() throws ModelLoadException {
    GoldenFile golden = GoldenFile.open("oracle");
    String[] prompts = Arrays.copyOf(golden.texts("prompts"), 20);
    byte[] images = Arrays.copyOf(golden.bytes("images"), 20 * 3072);
    try (ExecutionPool pool = new ExecutionPool(2);
        ServedModel oracle = open(Repository.config(MODEL), pool)) {
      List<InferResult> results =
          oracle.infer(
              List.of(
                  Calls.oracle(prompts, images).call(),
                  Calls.oracle(new String[] {"a pink circle"}, new byte[3072]).call(),
                  Calls.oracle(prompts, images).cancelledWhen(() -> true).call()));
      Map<String, Tensor> outputs = Calls.outputs(results.get(0));
      assertThat(outputs.get("diversity_label").int32s())
          .containsExactly(Arrays.copyOf(golden.ints("diversity_label"), 20));
      assertThat(outputs.get("strict").shape()).containsExactly(20, 1);
      for (int row = 0; row < 20; row++) {
        assertThat(outputs.get("graded").floats()[row])
            .isEqualTo((float) golden.doubles("graded")[row]);
      }
      assertThat(Calls.failure(results.get(1)).code()).isEqualTo(FailureCode.INVALID_ARGUMENT);
      assertThat(Calls.failure(results.get(1)).text()).startsWith("prompt: unknown word \"pink\"");
      assertThat(Calls.failure(results.get(2)).code()).isEqualTo(FailureCode.CANCELLED);
    }
  }

  @Test
  void configurationsOfOtherImagesAreRefused() {
    ModelConfig.Builder config = Repository.config(MODEL).toBuilder();
    config.getInputBuilder(1).clearDims().addDims(64).addDims(64).addDims(3);
    assertThatThrownBy(() -> open(config.build(), new ExecutionPool(1)))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("input 'image': [64, 64, 3] (expected: [32, 32, 3] as in oracle.json)");
    config.setMaxBatchSize(0);
    assertThatThrownBy(() -> open(config.build(), new ExecutionPool(1)))
        .hasMessage("max_batch_size: 0 (expected: >= 1)");
  }

  private static ServedModel open(ModelConfig config, ExecutionPool pool)
      throws ModelLoadException {
    return ShapesMeasure.ORACLE.open(config, Repository.version(MODEL), 1, pool);
  }
}
