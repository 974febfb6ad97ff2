package io.rewarddance.driver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.local.LocalLauncher;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.driver.testing.RealTriton;
import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.proto.local.LocalStackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A judge that gives its reason before it decides, on servers that serve nothing else: other parts
 * of the suite count what a server has.
 */
@Timeout(600)
final class ReasonsFirstAnswersTest {
  private static final String PART = "reasons_first";

  @TempDir Path temporary;

  @Test
  void theEmbeddedServerAnswersAsTheRealOneDid() throws Exception {
    Path repository = temporary.resolve("repository");
    serve(repository);
    LocalStackSettings settings =
        new LocalStackSettings(
            Optional.of(new LocalStackSettings.Inference(repository, 0)), Optional.empty(), 2);
    try (LocalServices embedded = LocalLauncher.start(settings)) {
      String endpoint = embedded.inferenceEndpoint().orElseThrow();
      assertThat(fromRecord(answers("the embedded server", endpoint, repository))).isEmpty();
    }
  }

  /** With {@code -Drewarddance.answers.write=true} its answers become the record. */
  @Test
  @Tag("real")
  void theRealServerAnswersAsItDid() throws Exception {
    RealTriton.assumeInstalled(Suite.ROOT);
    try (RealTriton real = new RealTriton(Suite.ROOT, temporary.resolve("real"))) {
      serve(real.repository());
      real.relaunch();
      Map<Step, List<Outcome>> answers =
          answers(AskedServer.REAL, real.endpoint(), real.repository());
      if (Boolean.getBoolean("rewarddance.answers.write")) {
        Recording.write(PART, answers);
      }
      assertThat(fromRecord(answers)).isEmpty();
    }
  }

  private static void serve(Path repository) throws IOException {
    Trees.delete(repository);
    Files.createDirectories(repository.getParent());
    Trees.copy(Suite.HOME.resolve("models"), repository);
  }

  private static Map<Step, List<Outcome>> answers(String server, String endpoint, Path repository)
      throws IOException {
    Map<Step, List<Outcome>> answers = new LinkedHashMap<>();
    try (AskedServer asked = new AskedServer(server, new Stubs(endpoint), repository)) {
      for (Step step : Suite.steps(PART)) {
        answers.put(step, asked.take(step));
      }
    }
    return answers;
  }

  private static List<Difference> fromRecord(Map<Step, List<Outcome>> answers) {
    Recording recording = new Recording(PART);
    assertThat(recording.steps()).hasSize(answers.size());
    List<Difference> found = new ArrayList<>();
    answers.forEach(
        (step, outcomes) -> found.addAll(Comparison.of(step, outcomes, recording.of(step))));
    return found;
  }
}
