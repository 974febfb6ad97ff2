package io.rewarddance.driver.live;

import io.rewarddance.driver.local.LocalLauncher;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.proto.local.LocalStackSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server, which the jobs take for somebody else's. */
final class EmbeddedLiveServerTest extends LiveServerTests {
  private static final Path SHIPPED =
      Path.of(System.getProperty("rewarddance.root", ".."), "triton-models/repository");

  @TempDir static Path home;
  private static LocalServices embedded;

  @BeforeAll
  static void serve() throws Exception {
    Path repository = home.resolve("repository");
    for (String model :
        List.of("shapes_generator", "shapes_judge", "shapes_oracle", "shapes_video_oracle")) {
      Trees.copy(SHIPPED.resolve(model), repository.resolve(model));
    }
    LiveServer.addModels(repository);
    embedded =
        LocalLauncher.start(
            new LocalStackSettings(
                Optional.of(new LocalStackSettings.Inference(repository, 0)), Optional.empty(), 1));
    server = new LiveServer(embedded.inferenceEndpoint().orElseThrow(), repository);
  }

  @AfterAll
  static void end() {
    if (embedded != null) {
      embedded.close();
    }
  }
}
