package io.rewarddance.embedded.launch;

import io.rewarddance.embedded.model.ModelFactories;
import io.rewarddance.embedded.server.InferenceServer;
import io.rewarddance.embedded.server.ServerSettings;
import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.proto.local.LocalStack;
import io.rewarddance.proto.local.LocalStackSettings;
import java.io.IOException;
import java.util.Optional;

/** Both servers in this JVM, on loopback. */
public final class EmbeddedStack implements LocalStack {
  private final ModelFactories models;
  private final TrainingLauncher training;

  /** With everything that this module has; what {@link java.util.ServiceLoader} calls. */
  public EmbeddedStack() {
    this(BuiltInModels.factories(), TrainingLauncher.libtorch());
  }

  EmbeddedStack(ModelFactories models, TrainingLauncher training) {
    this.models = models;
    this.training = training;
  }

  @Override
  public LocalServices start(LocalStackSettings settings) throws IOException {
    Optional<InferenceServer> server = startServer(settings);
    try {
      return new EmbeddedServices(server, startTraining(settings));
    } catch (IOException | RuntimeException | LinkageError e) {
      server.ifPresent(InferenceServer::close);
      throw e;
    }
  }

  private Optional<InferenceServer> startServer(LocalStackSettings settings) throws IOException {
    if (settings.inference().isEmpty()) {
      return Optional.empty();
    }
    LocalStackSettings.Inference wanted = settings.inference().get();
    return Optional.of(
        InferenceServer.start(
            ServerSettings.local(wanted.modelRepository(), wanted.port(), settings.threads()),
            models));
  }

  private Optional<TrainingLauncher.Running> startTraining(LocalStackSettings settings)
      throws IOException {
    return settings.training().isEmpty()
        ? Optional.empty()
        : Optional.of(training.start(settings.training().get(), settings.threads()));
  }
}
