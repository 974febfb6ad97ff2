package io.rewarddance.driver.conformance;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.rewarddance.driver.triton.ModelControl;
import io.rewarddance.proto.triton.ModelConfigResponse;
import io.rewarddance.proto.triton.ModelReadyResponse;
import io.rewarddance.proto.triton.ServerLiveResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Control requests as calls of the driver's client, where it has words for them. */
final class DriversControl {
  private final ModelControl control;
  private final Duration loadDeadline;

  DriversControl(ModelControl control, Duration loadDeadline) {
    this.control = control;
    this.loadDeadline = loadDeadline;
  }

  /** Empty where the driver never says such a thing. */
  Optional<CompletableFuture<? extends Message>> ask(String rpc, Message request) {
    String said =
        rpc
            + request.getAllFields().keySet().stream()
                .map(FieldDescriptor::getName)
                .sorted()
                .toList();
    return Optional.ofNullable(
        switch (said) {
          case "ServerLive[]" ->
              control
                  .live()
                  .thenApply(live -> ServerLiveResponse.newBuilder().setLive(live).build());
          case "ServerMetadata[]" -> control.serverMetadata();
          case "RepositoryIndex[]" -> control.index();
          case "ModelReady[name, version]" -> ready(request);
          case "ModelMetadata[name]" -> control.modelMetadata(text(request, "name"));
          case "ModelConfig[name]" ->
              control
                  .modelConfig(text(request, "name"))
                  .thenApply(found -> ModelConfigResponse.newBuilder().setConfig(found).build());
          case "ModelStatistics[name]" -> control.statistics(text(request, "name"));
          case "RepositoryModelLoad[model_name]" ->
              control.load(text(request, "model_name"), loadDeadline);
          case "RepositoryModelUnload[model_name]" -> control.unload(text(request, "model_name"));
          default -> null;
        });
  }

  private CompletableFuture<? extends Message> ready(Message request) {
    String version = text(request, "version");
    if (!version.matches("[1-9]\\d*")) {
      return null;
    }
    return control
        .modelReady(text(request, "name"), Long.parseLong(version))
        .thenApply(ready -> ModelReadyResponse.newBuilder().setReady(ready).build());
  }

  private static String text(Message request, String field) {
    return (String) request.getField(request.getDescriptorForType().findFieldByName(field));
  }
}
