package io.rewarddance.proto.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.rewarddance.proto.triton.GrpcServiceProto;
import io.rewarddance.proto.triton.ModelConfigProto;
import io.rewarddance.proto.triton.ModelInferRequest;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds names, numbers and types to Triton's contract. */
class WireFormatTest {
  @Test
  void theServiceHasTritonsCalls() {
    var service = GrpcServiceProto.getDescriptor().findServiceByName("GRPCInferenceService");
    assertThat(service.getFullName()).isEqualTo("inference.GRPCInferenceService");
    assertThat(service.getMethods()).hasSize(20);
    var stream = service.findMethodByName("ModelStreamInfer");
    assertThat(stream.isClientStreaming() && stream.isServerStreaming()).isTrue();
    assertThat(service.getMethods().stream().filter(m -> m.isClientStreaming())).hasSize(1);
  }

  @Test
  void aRequestHasTheBytesOfTheContract() {
    ModelInferRequest.Builder request =
        ModelInferRequest.newBuilder().setModelName("m").setModelVersion("2").setId("i");
    InferCodec.addInputs(request, java.util.List.of(Tensors.ofInt8("x", new long[] {1}, (byte) 5)));
    assertThat(HexFormat.of().formatHex(request.build().toByteArray()))
        .isEqualTo(
            "0a016d"
                + "120132"
                + "1a0169" // model_name=1, model_version=2, id=3
                + "2a0c"
                + "0a0178"
                + "1204494e5438"
                + "1a0101" // inputs=5: name, datatype, shape
                + "3a0105"); // raw_input_contents=7
  }

  @ParameterizedTest
  @CsvSource({
    "InferTensorContents, bool_contents=1 int_contents=2 int64_contents=3 uint_contents=4"
        + " uint64_contents=5 fp32_contents=6 fp64_contents=7 bytes_contents=8",
    "ModelInferResponse, model_name=1 model_version=2 id=3 parameters=4 outputs=5"
        + " raw_output_contents=6",
    "InferStatistics, success=1 fail=2 queue=3 compute_input=4 compute_infer=5 compute_output=6"
        + " cache_hit=7 cache_miss=8",
    "ModelStatistics, name=1 version=2 last_inference=3 inference_count=4 execution_count=5"
        + " inference_stats=6 batch_stats=7 memory_usage=8 response_stats=9",
    "InferParameter, bool_param=1 int64_param=2 string_param=3 double_param=4 uint64_param=5",
    "CudaSharedMemoryRegisterRequest, name=1 raw_handle=2 device_id=3 byte_size=4",
    "TraceSettingRequest, settings=1 model_name=2"
  })
  void serviceMessagesHaveTritonsNumbers(String message, String fields) {
    assertThat(fields(GrpcServiceProto.getDescriptor().findMessageTypeByName(message)))
        .isEqualTo(fields);
  }

  @ParameterizedTest
  @CsvSource({
    "ModelConfig, name=1 platform=2 version_policy=3 max_batch_size=4 input=5 output=6"
        + " instance_group=7 default_model_filename=8 cc_model_filenames=9 metric_tags=10"
        + " dynamic_batching=11 optimization=12 sequence_batching=13 parameters=14"
        + " ensemble_scheduling=15 model_warmup=16 backend=17 model_operations=18"
        + " model_transaction_policy=19 batch_input=20 batch_output=21"
        + " model_repository_agents=23 response_cache=24 runtime=25 model_metrics=26",
    "ModelInput, name=1 data_type=2 format=3 dims=4 reshape=5 is_shape_tensor=6"
        + " allow_ragged_batch=7 optional=8 is_non_linear_format_io=9",
    "ModelDynamicBatching, preferred_batch_size=1 max_queue_delay_microseconds=2"
        + " preserve_ordering=3 priority_levels=4 default_priority_level=5"
        + " default_queue_policy=6 priority_queue_policy=7",
    "ModelQueuePolicy, timeout_action=1 default_timeout_microseconds=2 allow_timeout_override=3"
        + " max_queue_size=4"
  })
  void configurationMessagesHaveTritonsNumbers(String message, String fields) {
    assertThat(fields(ModelConfigProto.getDescriptor().findMessageTypeByName(message)))
        .isEqualTo(fields);
  }

  private static String fields(Descriptor message) {
    return message.getFields().stream()
        .sorted()
        .map((FieldDescriptor field) -> field.getName() + "=" + field.getNumber())
        .collect(Collectors.joining(" "));
  }
}
