package io.rewarddance.driver.conformance;

import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.RepositoryIndexRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A server with a repository of its own, which takes the recorded steps one after the other. */
final class AskedServer implements AutoCloseable {
  /** What {@link UnsettledException} calls NVIDIA's. */
  static final String REAL = "the real server";

  private static final long SETTLE_S = 30;
  private static final Set<String> MOVING = Set.of("LOADING", "UNLOADING");

  private final String name;
  private final Transport transport;
  private final Path repository;

  AskedServer(String name, Transport transport, Path repository) throws IOException {
    this.name = name;
    this.transport = transport;
    this.repository = repository.toRealPath();
  }

  /** One outcome a request, none for a step that sends nothing. */
  List<Outcome> take(Step step) {
    if (step.isRequest()) {
      String models = repository.getParent().toString();
      return asked(step).stream().map(outcome -> outcome.without(models)).toList();
    }
    if (step.json().has("files")) {
      RepositoryChange.apply(repository, step.json().get("files"));
    } else {
      settle();
    }
    return List.of();
  }

  private List<Outcome> asked(Step step) {
    return switch (step.rpc()) {
      case "ModelInfer" -> List.of(transport.infer(Requests.infer(step.json().get("request"))));
      case "ModelStreamInfer" -> {
        List<ModelInferRequest> requests = new ArrayList<>();
        step.json().get("requests").forEach(request -> requests.add(Requests.infer(request)));
        yield transport.stream(requests);
      }
      default ->
          List.of(
              transport.control(
                  step.rpc(), Requests.control(step.rpc(), step.json().get("request"))));
    };
  }

  /** Waits until no version is on its way in or out. */
  private void settle() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_S);
    for (JsonNode index = index(); moves(index); index = index()) {
      if (System.nanoTime() > end) {
        throw new UnsettledException(name, index);
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private JsonNode index() {
    return transport
        .control("RepositoryIndex", RepositoryIndexRequest.getDefaultInstance())
        .fields();
  }

  private static boolean moves(JsonNode index) {
    for (JsonNode model : index.path("models")) {
      if (MOVING.contains(model.path("state").asString(""))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    transport.close();
  }
}
