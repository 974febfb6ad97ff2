package io.rewarddance.driver.conformance;

import io.rewarddance.driver.local.LocalLauncher;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.driver.testing.RealTriton;
import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.proto.local.LocalStackSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** NVIDIA's server and the embedded one, both new and each on its own copy of the models. */
final class ServerPair implements AutoCloseable {
  private final Path repository;
  private final RealTriton real;
  private final LocalServices embedded;

  ServerPair(Path directory) throws IOException {
    repository = directory.resolve("embedded/repository");
    real = new RealTriton(Suite.ROOT, directory.resolve("real"));
    SuiteModels.addTo(real.repository());
    real.launch();
    embedded = embedded(repository);
    real.await();
  }

  /**
   * @param repository made here, a copy of the models
   */
  static LocalServices embedded(Path repository) throws IOException {
    Trees.copy(Suite.ROOT.resolve("triton-models/repository"), repository);
    SuiteModels.addTo(repository);
    return LocalLauncher.start(
        new LocalStackSettings(
            Optional.of(new LocalStackSettings.Inference(repository, 0)), Optional.empty(), 2));
  }

  <T extends Transport> T toEmbedded(Function<String, T> client) {
    return client.apply(embedded.inferenceEndpoint().orElseThrow());
  }

  <T extends Transport> T toReal(Function<String, T> client) {
    return client.apply(real.endpoint());
  }

  AskedServer ours(Transport client) throws IOException {
    return new AskedServer("the embedded server", client, repository);
  }

  AskedServer theirs(Transport client) throws IOException {
    return new AskedServer(AskedServer.REAL, client, real.repository());
  }

  @Override
  public void close() {
    embedded.close();
    real.close();
  }
}
