package io.rewarddance.driver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rewarddance.proto.triton.DataType;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelInput;
import io.rewarddance.proto.triton.ModelOutput;
import io.rewarddance.proto.triton.ModelTransactionPolicy;
import io.rewarddance.rollout.Image;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ServedModelTest {
  private final ModelConfig.Builder config =
      ModelConfig.newBuilder()
          .setName("m")
          .setMaxBatchSize(16)
          .addInput(
              ModelInput.newBuilder()
                  .setName("prompt")
                  .setDataType(DataType.TYPE_STRING)
                  .addDims(1))
          .addInput(ModelInput.newBuilder().setName("reference").setOptional(true))
          .addOutput(
              ModelOutput.newBuilder()
                  .setName("latents")
                  .setDataType(DataType.TYPE_FP32)
                  .addAllDims(List.of(-1L, 4L)))
          .addOutput(
              ModelOutput.newBuilder()
                  .setName("reason")
                  .setDataType(DataType.TYPE_STRING)
                  .addDims(1));

  @Test
  void aConfigurationIsReadAsItIs() {
    ServedModel model = ServedModel.of(config.build());
    assertThat(model.name()).isEqualTo("m");
    assertThat(model.maxBatch()).isEqualTo(16);
    assertThat(model.decoupled()).isFalse();
    assertThat(model.inputs()).extracting(ServedTensor::optional).containsExactly(false, true);
    assertThat(model.inputs())
        .extracting(ServedTensor::described)
        .containsExactly("BYTES [1]", "unknown type []");
    assertThat(model.output("latents").orElseThrow().described()).isEqualTo("FP32 [-1,4]");
    assertThat(model.output("prompt")).isEmpty();
    assertThat(model.rowBytes(Set.of("latents", "reason"), name -> 3)).isEqualTo(3 * 4 * 4 + 1);
  }

  @Test
  void streamsAndMissingBatchesAreSeen() {
    ModelTransactionPolicy streams = ModelTransactionPolicy.newBuilder().setDecoupled(true).build();
    config.setMaxBatchSize(0).setModelTransactionPolicy(streams);
    ServedModel model = ServedModel.of(config.build());
    assertThat(model.maxBatch()).isZero();
    assertThat(model.decoupled()).isTrue();
  }

  @Test
  void imagesBecomeOneTensorAndASingleOneIsNotCopied() {
    byte[] one = {1, 2, 3};
    byte[] two = {4, 5, 6};
    assertThat(PixelTensors.of("image", List.of(Image.of(1, 1, one), Image.of(1, 1, two))))
        .satisfies(tensor -> assertThat(tensor.shape()).containsExactly(2, 1, 1, 3))
        .satisfies(tensor -> assertThat(tensor.int8s()).containsExactly(1, 2, 3, 4, 5, 6));
    var single = PixelTensors.of("image", List.of(Image.of(1, 1, one)));
    one[0] = 9;
    assertThat(single.int8s()).containsExactly(9, 2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                PixelTensors.of("image", List.of(Image.of(1, 1, one), Image.of(1, 2, new byte[6]))))
        .withMessage("image: Image[1x2] (expected: Image[1x1])");
  }
}
