package io.rewarddance.driver.doctor.triton;

import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.doctor.triton.ServerLook.About;
import io.rewarddance.driver.doctor.triton.ServerLook.Loads;
import io.rewarddance.driver.triton.ErrorKind;
import io.rewarddance.driver.triton.ModelControl;
import io.rewarddance.driver.triton.TritonClient;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.RepositoryIndexResponse;
import io.rewarddance.proto.triton.ServerMetadataResponse;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Asks servers, one after the other, everything that can be known without an inference. */
public final class Examiner {
  private final TritonConfig config;

  /**
   * @param config how to connect; its deadline is that of each question
   */
  public Examiner(TritonConfig config) {
    this.config = config;
  }

  /** What each endpoint of the configuration showed. */
  public List<ServerLook> look() {
    return config.endpoints().stream().map(this::look).toList();
  }

  private ServerLook look(String endpoint) {
    try (TritonClient client = TritonClient.connect(List.of(endpoint), config, () -> 0)) {
      return look(client.controls().get(0));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      Trouble trouble = new Trouble(e.getMessage(), "mend the settings of the connection");
      return new ServerLook(endpoint, Optional.empty(), Optional.of(trouble), List.of());
    }
  }

  private ServerLook look(ModelControl control) {
    Optional<About> about = Optional.empty();
    try {
      about = Optional.of(about(control));
      return new ServerLook(control.endpoint(), about, Optional.empty(), models(control));
    } catch (TritonException e) {
      Trouble trouble = new Diagnosis(config).of(e);
      return new ServerLook(control.endpoint(), about, Optional.of(trouble), List.of());
    }
  }

  private static About about(ModelControl control) {
    boolean live = answer(control.live());
    ServerMetadataResponse metadata = answer(control.serverMetadata());
    return new About(
        metadata.getName(),
        metadata.getVersion(),
        metadata.getExtensionsList(),
        live,
        answer(control.ready()),
        loads(control));
  }

  private static Loads loads(ModelControl control) {
    try {
      answer(control.requireExplicit());
      return Loads.TAKEN;
    } catch (TritonException e) {
      return e.kind() == ErrorKind.CONTROL_MODE ? Loads.NOT_TAKEN : Loads.UNKNOWN;
    }
  }

  private static List<ModelLook> models(ModelControl control) {
    Map<String, List<ModelLook.Version>> versions = new TreeMap<>();
    for (RepositoryIndexResponse.ModelIndex entry : answer(control.index()).getModelsList()) {
      List<ModelLook.Version> known =
          versions.computeIfAbsent(entry.getName(), name -> new ArrayList<>());
      if (!entry.getState().isEmpty()) {
        known.add(new ModelLook.Version(entry.getVersion(), entry.getState(), entry.getReason()));
      }
    }
    List<ModelLook> models = new ArrayList<>();
    versions.forEach(
        (name, known) -> {
          boolean ready = known.stream().anyMatch(ModelLook.Version::ready);
          models.add(new ModelLook(name, known, ready ? config(control, name) : Optional.empty()));
        });
    return models;
  }

  /** Empty when the model went away since the index was made. */
  private static Optional<ModelConfig> config(ModelControl control, String model) {
    try {
      return Optional.of(answer(control.modelConfig(model)));
    } catch (TritonException e) {
      if (e.kind() == ErrorKind.UNKNOWN_MODEL || e.kind() == ErrorKind.NOT_READY) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static <T> T answer(CompletableFuture<T> asked) {
    try {
      return asked.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof TritonException known ? known : e;
    }
  }
}
