package io.rewarddance.embedded.server.grpc;

import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.embedded.server.lifecycle.IndexRow;
import io.rewarddance.embedded.server.lifecycle.ModelControl;
import io.rewarddance.embedded.server.lifecycle.VersionState;
import io.rewarddance.embedded.server.lifecycle.VersionTable;
import io.rewarddance.embedded.server.repository.LoadOverrides;
import io.rewarddance.embedded.server.repository.ModelRepository;
import io.rewarddance.proto.triton.ModelRepositoryParameter;
import io.rewarddance.proto.triton.RepositoryIndexRequest;
import io.rewarddance.proto.triton.RepositoryIndexResponse;
import io.rewarddance.proto.triton.RepositoryIndexResponse.ModelIndex;
import io.rewarddance.proto.triton.RepositoryModelLoadRequest;
import io.rewarddance.proto.triton.RepositoryModelLoadResponse;
import io.rewarddance.proto.triton.RepositoryModelUnloadRequest;
import io.rewarddance.proto.triton.RepositoryModelUnloadResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The model repository calls. Load and unload take as long as the model takes. */
final class RepositoryCalls {
  private static final String UNLOAD_DEPENDENTS = "unload_dependents";

  private final ModelRepository repository;
  private final VersionTable table;
  private final ModelControl control;

  RepositoryCalls(ModelRepository repository, VersionTable table, ModelControl control) {
    this.repository = repository;
    this.table = table;
    this.control = control;
  }

  RepositoryIndexResponse index(RepositoryIndexRequest request) {
    refuseRepositoryName(request.getRepositoryName());
    RepositoryIndexResponse.Builder index = RepositoryIndexResponse.newBuilder();
    try {
      for (String name : repository.names()) {
        addModel(index, name, request.getReady());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return index.build();
  }

  private void addModel(RepositoryIndexResponse.Builder index, String name, boolean readyOnly) {
    List<IndexRow> rows = table.rows(name);
    if (!readyOnly && !table.isTried(name)) {
      index.addModels(ModelIndex.newBuilder().setName(name));
    }
    rows.stream()
        .filter(row -> !readyOnly || row.state() == VersionState.READY)
        .forEach(row -> index.addModels(toProto(row)));
  }

  private static ModelIndex toProto(IndexRow row) {
    return ModelIndex.newBuilder()
        .setName(row.name())
        .setVersion(Long.toString(row.version()))
        .setState(row.state().name())
        .setReason(row.reason())
        .build();
  }

  RepositoryModelLoadResponse load(RepositoryModelLoadRequest request) {
    refuseRepositoryName(request.getRepositoryName());
    control.load(request.getModelName(), LoadOverrides.of(request.getParametersMap()));
    return RepositoryModelLoadResponse.getDefaultInstance();
  }

  /** There are no ensembles, so no model has dependents. */
  RepositoryModelUnloadResponse unload(RepositoryModelUnloadRequest request) {
    refuseRepositoryName(request.getRepositoryName());
    ModelRepositoryParameter dependents = request.getParametersMap().get(UNLOAD_DEPENDENTS);
    if (dependents != null && !dependents.hasBoolParam()) {
      throw RequestException.invalid(
          "invalid value type for 'unload_dependents' parameter, expected bool_param.");
    }
    control.unload(request.getModelName());
    return RepositoryModelUnloadResponse.getDefaultInstance();
  }

  private static void refuseRepositoryName(String name) {
    if (!name.isEmpty()) {
      throw RequestException.unimplemented("'repository_name' specification is not supported");
    }
  }
}
