package io.rewarddance.proto.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.rewarddance.proto.triton.InferTensorContents;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InferCodecTest {
  private static final long[] ONE = {1};

  @Test
  void requestsCarryTensorsAndGiveThemBack() {
    List<Tensor> tensors =
        List.of(
            Tensors.ofStrings("prompt", new long[] {2, 1}, "a red circle", "two blue squares"),
            Tensors.ofInt64("seed", new long[] {2, 1}, 7, -1),
            Tensors.ofUint8("image", new long[] {2, 2}, new byte[] {1, 2, 3, 4}));
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("m");
    InferCodec.addInputs(request, tensors);
    assertThat(
            InferCodec.inputData(request.build(), InferCodec.SharedInputs.NONE).stream()
                .map(InputData::toTensor))
        .isEqualTo(tensors);
  }

  @Test
  void answersCarryTensorsAndGiveThemBack() {
    List<Tensor> tensors =
        List.of(Tensors.ofFp32("sigmas", new long[] {2}, 1f, 0f), Tensors.ofBool("ok", ONE, true));
    ModelInferResponse.Builder response = ModelInferResponse.newBuilder();
    InferCodec.addOutputs(response, tensors);
    assertThat(InferCodec.outputs(response.build()).values()).containsExactlyElementsOf(tensors);
  }

  @Test
  void typedContentsOfEveryFieldBecomeWireBytes() {
    assertThat(typed("BOOL", b -> b.addBoolContents(true)))
        .isEqualTo(Tensors.ofBool("x", ONE, true));
    assertThat(typed("INT8", b -> b.addIntContents(-3)))
        .isEqualTo(Tensors.ofInt8("x", ONE, (byte) -3));
    assertThat(typed("INT16", b -> b.addIntContents(-3)))
        .isEqualTo(Tensors.ofInt16("x", ONE, (short) -3));
    assertThat(typed("INT32", b -> b.addIntContents(-3))).isEqualTo(Tensors.ofInt32("x", ONE, -3));
    assertThat(typed("INT64", b -> b.addInt64Contents(-3)))
        .isEqualTo(Tensors.ofInt64("x", ONE, -3));
    assertThat(typed("UINT8", b -> b.addUintContents(250)))
        .isEqualTo(Tensors.ofUint8("x", ONE, (byte) 250));
    assertThat(typed("UINT16", b -> b.addUintContents(65535)).int16s()).containsExactly(-1);
    assertThat(typed("UINT32", b -> b.addUintContents(-1)).int32s()).containsExactly(-1);
    assertThat(typed("UINT64", b -> b.addUint64Contents(-1)).int64s()).containsExactly(-1);
    assertThat(typed("FP32", b -> b.addFp32Contents(1.5f)))
        .isEqualTo(Tensors.ofFp32("x", ONE, 1.5f));
    assertThat(typed("FP64", b -> b.addFp64Contents(1.5))).isEqualTo(Tensors.ofFp64("x", ONE, 1.5));
    assertThat(typed("BYTES", b -> b.addBytesContents(ByteString.copyFromUtf8("hi"))))
        .isEqualTo(Tensors.ofStrings("x", ONE, "hi"));
  }

  @Test
  void typedContentsOfAnotherTypeAreRefusedWithTritonsText() {
    assertThatThrownBy(() -> typed("FP16", b -> b.addFp32Contents(1f)))
        .hasMessage(
            "unexpected explicit tensor data for input tensor 'x' for model 'm' of type 'FP32',"
                + " expected datatype 'FP16'");
    assertThatThrownBy(() -> typed("INT32", b -> b.addIntContents(1).addInt64Contents(1)))
        .hasMessage(
            "unexpected explicit tensor data for input tensor 'x' for model 'm', binary data was"
                + " already supplied.");
  }

  @Test
  void rawEntriesGoToTheInputsThatAreNotShared() {
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("m");
    request.addInputsBuilder().setName("shared").setDatatype("INT8").addShape(1);
    request.addInputsBuilder().setName("sent").setDatatype("INT8").addShape(1);
    request.addRawInputContents(ByteString.copyFrom(new byte[] {5}));
    List<InputData> inputs =
        InferCodec.inputData(
            request.build(),
            input ->
                input.getName().equals("shared")
                    ? Optional.of(ByteBuffer.wrap(new byte[] {9}))
                    : Optional.empty());
    assertThat(inputs.get(0).toTensor().int8s()).containsExactly(9);
    assertThat(inputs.get(1).toTensor().int8s()).containsExactly(5);
  }

  @Test
  void missingAndDoubledDataAreRefusedWithTritonsText() {
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("m");
    request.addInputsBuilder().setName("x").setDatatype("INT8").addShape(1);
    assertThatThrownBy(() -> InferCodec.inputData(request.build(), InferCodec.SharedInputs.NONE))
        .hasMessage("unable to find data for input tensor 'x' for model 'm' in request.");
    request.getInputsBuilder(0).getContentsBuilder().addIntContents(1);
    request.addRawInputContents(ByteString.copyFrom(new byte[1]));
    assertThatThrownBy(() -> InferCodec.inputData(request.build(), InferCodec.SharedInputs.NONE))
        .hasMessage(
            "contents field must not be specified when using raw_input_contents for 'x' for model"
                + " 'm'");
  }

  @Test
  void contradictoryAnswersNameTheOutput() {
    ModelInferResponse.Builder response = ModelInferResponse.newBuilder().setModelName("m");
    response.addOutputsBuilder().setName("y").setDatatype("FP8").addShape(1);
    assertThatThrownBy(() -> InferCodec.outputs(response.build()))
        .hasMessage("output 'y': datatype 'FP8' is not known");
    response.getOutputsBuilder(0).setDatatype("FP32");
    response.addRawOutputContents(ByteString.copyFrom(new byte[3]));
    assertThatThrownBy(() -> InferCodec.outputs(response.build()))
        .hasMessage("tensor 'y': 3 bytes (expected: 4 for FP32 [1])");
    response.addRawOutputContents(ByteString.EMPTY);
    assertThatThrownBy(() -> InferCodec.outputs(response.build()))
        .hasMessageContaining("2 entries (expected: 1, one for each output)");
  }

  private static Tensor typed(
      String type, java.util.function.Consumer<InferTensorContents.Builder> fill) {
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("m");
    fill.accept(
        request.addInputsBuilder().setName("x").setDatatype(type).addShape(1).getContentsBuilder());
    return InferCodec.inputData(request.build(), InferCodec.SharedInputs.NONE).get(0).toTensor();
  }
}
