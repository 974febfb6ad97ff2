package io.rewarddance.embedded.server.grpc;

import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.embedded.server.infer.ModelVersions;
import io.rewarddance.embedded.server.lifecycle.LoadedVersion;
import io.rewarddance.embedded.server.lifecycle.VersionTable;
import io.rewarddance.proto.triton.ModelConfigResponse;
import io.rewarddance.proto.triton.ModelMetadataResponse;
import io.rewarddance.proto.triton.ModelReadyResponse;
import io.rewarddance.proto.triton.ModelStatisticsResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Calls about a model that is served. */
final class ModelCalls {
  private final VersionTable table;

  ModelCalls(VersionTable table) {
    this.table = table;
  }

  /** What does not serve, known or not, is not ready: no error, as Triton 2.51 has it. */
  ModelReadyResponse ready(String name, String version) {
    Optional<Long> wanted = ModelVersions.parse(version);
    boolean ready =
        table.ready(name).stream()
            .anyMatch(serving -> wanted.isEmpty() || wanted.get() == serving.version());
    return ModelReadyResponse.newBuilder().setReady(ready).build();
  }

  ModelMetadataResponse metadata(String name, String version) {
    return with(
        name,
        version,
        found -> {
          List<Long> versions =
              version.isEmpty()
                  ? table.ready(name).stream().map(LoadedVersion::version).toList()
                  : List.of(found.version());
          return Descriptions.model(found, versions);
        });
  }

  ModelConfigResponse config(String name, String version) {
    return with(
        name, version, found -> ModelConfigResponse.newBuilder().setConfig(found.config()).build());
  }

  private <T> T with(String name, String version, Function<LoadedVersion, T> use) {
    LoadedVersion found = table.acquire(name, ModelVersions.parse(version));
    try {
      return use.apply(found);
    } finally {
      found.release();
    }
  }

  /** Counters of every version that serves, of all models or of one. */
  ModelStatisticsResponse statistics(String name, String version) {
    Optional<Long> wanted = ModelVersions.parse(version);
    ModelStatisticsResponse.Builder all = ModelStatisticsResponse.newBuilder();
    for (String model : name.isEmpty() ? table.names() : List.of(name)) {
      table.ready(model).stream()
          .filter(ready -> wanted.isEmpty() || wanted.get() == ready.version())
          .forEach(ready -> all.addModelStats(ready.statistics().toProto(model, ready.version())));
    }
    if (!name.isEmpty() && all.getModelStatsCount() == 0) {
      throw RequestException.invalid(
          wanted.isPresent() && !table.ready(name).isEmpty()
              ? "requested model version is not available for model '" + name + "'"
              : "requested model '" + name + "' is not available");
    }
    return all.build();
  }
}
