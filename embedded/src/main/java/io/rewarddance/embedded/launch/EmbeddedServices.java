package io.rewarddance.embedded.launch;

import io.rewarddance.embedded.server.InferenceServer;
import io.rewarddance.proto.local.LocalServices;
import java.net.URI;
import java.util.Optional;

/** What runs, until it is closed; closing again does nothing. */
final class EmbeddedServices implements LocalServices {
  private static final String LOOPBACK = "127.0.0.1:";

  private final Optional<InferenceServer> server;
  private final Optional<TrainingLauncher.Running> training;
  private boolean closed;

  EmbeddedServices(Optional<InferenceServer> server, Optional<TrainingLauncher.Running> training) {
    this.server = server;
    this.training = training;
  }

  @Override
  public Optional<String> inferenceEndpoint() {
    return server.map(running -> LOOPBACK + running.port());
  }

  @Override
  public Optional<URI> trainingEndpoint() {
    return training.map(running -> URI.create("http://" + LOOPBACK + running.port()));
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      training.ifPresent(TrainingLauncher.Running::close);
    } finally {
      server.ifPresent(InferenceServer::close);
    }
  }
}
