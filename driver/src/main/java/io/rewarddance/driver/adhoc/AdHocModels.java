package io.rewarddance.driver.adhoc;

import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.model.Inference;
import io.rewarddance.driver.model.ModelMismatchException;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.triton.ErrorKind;
import io.rewarddance.driver.triton.ModelControl;
import io.rewarddance.driver.triton.TritonClient;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.triton.RepositoryIndexResponse.ModelIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;

/** A client, and the embedded server where no endpoint was named. */
public final class AdHocModels implements AutoCloseable {
  private final Optional<EmbeddedModels> embedded;
  private final TritonClient client;

  private AdHocModels(Optional<EmbeddedModels> embedded, TritonClient client) {
    this.embedded = embedded;
    this.client = client;
  }

  /**
   * Starts or finds the server.
   *
   * @param triton where; with no endpoint, the embedded server serves copies out of its repository
   * @param models names of all that will be asked
   * @param threads that the embedded server may use
   * @throws ModelMismatchException when the repository lacks a model
   * @throws IOException when there is no server to be had; the message says where and why
   */
  public static AdHocModels open(TritonConfig triton, Set<String> models, int threads)
      throws IOException {
    return connected(
        triton.embedded()
            ? Optional.of(EmbeddedModels.start(triton, models, threads))
            : Optional.empty(),
        triton);
  }

  /**
   * Starts the embedded server on a repository that belongs to the caller, with all models in it.
   *
   * @param triton limits of the calls
   */
  public static AdHocModels inPlace(Path repository, TritonConfig triton, int threads)
      throws IOException {
    return connected(Optional.of(EmbeddedModels.inPlace(repository, threads)), triton);
  }

  private static AdHocModels connected(Optional<EmbeddedModels> embedded, TritonConfig triton)
      throws IOException {
    try {
      List<String> endpoints =
          embedded.map(server -> List.of(server.endpoint())).orElse(triton.endpoints());
      return new AdHocModels(
          embedded,
          TritonClient.connect(endpoints, triton, () -> ThreadLocalRandom.current().nextDouble()));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      embedded.ifPresent(EmbeddedModels::close);
      throw new IOException(e.getMessage(), e);
    }
  }

  public Inference inference() {
    return client::infer;
  }

  /** Control of each endpoint. */
  public List<ModelControl> controls() {
    return client.controls();
  }

  /**
   * What the first endpoint says of a model; all serve the same.
   *
   * @throws ModelMismatchException when it serves no such model
   * @throws IOException when it doesn't answer
   */
  public ServedModel describe(String name) throws IOException {
    ModelControl control = client.controls().get(0);
    try {
      return ServedModel.of(answer(control.modelConfig(name)));
    } catch (TritonException e) {
      if (e.kind() == ErrorKind.UNKNOWN_MODEL) {
        throw new ModelMismatchException(
            "%s serves no model '%s' (expected: one of %s)"
                .formatted(control.endpoint(), name, served(control)));
      }
      throw new IOException(control.endpoint() + " can't be asked: " + e.getMessage(), e);
    }
  }

  private static List<String> served(ModelControl control) {
    return answer(control.index()).getModelsList().stream()
        .filter(model -> model.getState().equals("READY"))
        .map(ModelIndex::getName)
        .distinct()
        .sorted()
        .toList();
  }

  private static <T> T answer(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof TritonException failed ? failed : e;
    }
  }

  @Override
  public void close() {
    client.close();
    embedded.ifPresent(EmbeddedModels::close);
  }
}
