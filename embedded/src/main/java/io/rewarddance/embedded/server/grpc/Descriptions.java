package io.rewarddance.embedded.server.grpc;

import io.rewarddance.embedded.server.lifecycle.LoadedVersion;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelInput;
import io.rewarddance.proto.triton.ModelMetadataResponse;
import io.rewarddance.proto.triton.ModelMetadataResponse.TensorMetadata;
import io.rewarddance.proto.triton.ModelOutput;
import io.rewarddance.proto.triton.ServerMetadataResponse;
import java.util.List;

/** Metadata of the server and of its models. */
final class Descriptions {
  /** The protocol version that is followed, then who follows it. */
  private static final String VERSION = "2.51.0+rewarddance.embedded";

  private static final List<String> EXTENSIONS =
      List.of(
          "classification",
          "model_repository",
          "model_repository(unload_dependents)",
          "schedule_policy",
          "model_configuration",
          "system_shared_memory",
          "binary_tensor_data",
          "parameters",
          "statistics",
          "trace",
          "logging");

  private Descriptions() {}

  static ServerMetadataResponse server(boolean sharedMemory) {
    return ServerMetadataResponse.newBuilder()
        .setName("triton")
        .setVersion(VERSION)
        .addAllExtensions(
            EXTENSIONS.stream()
                .filter(name -> sharedMemory || !name.equals("system_shared_memory"))
                .toList())
        .build();
  }

  static ModelMetadataResponse model(LoadedVersion version, List<Long> versions) {
    ModelConfig config = version.config();
    boolean batched = config.getMaxBatchSize() > 0;
    ModelMetadataResponse.Builder metadata =
        ModelMetadataResponse.newBuilder()
            .setName(version.name())
            .setPlatform(
                config.getPlatform().isEmpty() ? config.getBackend() : config.getPlatform());
    versions.forEach(number -> metadata.addVersions(number.toString()));
    for (ModelInput input : config.getInputList()) {
      metadata.addInputs(
          tensor(input.getName(), input.getDataType(), input.getDimsList(), batched));
    }
    for (ModelOutput output : config.getOutputList()) {
      metadata.addOutputs(
          tensor(output.getName(), output.getDataType(), output.getDimsList(), batched));
    }
    return metadata.build();
  }

  private static TensorMetadata tensor(
      String name, io.rewarddance.proto.triton.DataType type, List<Long> dims, boolean batched) {
    TensorMetadata.Builder tensor =
        TensorMetadata.newBuilder()
            .setName(name)
            .setDatatype(DataType.ofConfig(type).orElseThrow().wireName());
    if (batched) {
      tensor.addShape(-1);
    }
    return tensor.addAllShape(dims).build();
  }
}
