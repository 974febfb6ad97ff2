package io.rewarddance.driver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.proto.local.LocalServices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server against what the real one answered; needs no real one. */
@Timeout(120)
final class RecordedAnswersTest {
  @TempDir Path temporary;

  @Test
  void theEmbeddedServerAnswersAsTheRealOneDid() throws Exception {
    Path repository = temporary.resolve("embedded/repository");
    List<Difference> found = new ArrayList<>();
    try (LocalServices embedded = ServerPair.embedded(repository);
        AskedServer ours =
            new AskedServer(
                "the embedded server",
                new Stubs(embedded.inferenceEndpoint().orElseThrow()),
                repository)) {
      for (String part : Suite.PARTS) {
        Recording recording = new Recording(part);
        for (Step step : Suite.steps(part)) {
          found.addAll(Comparison.of(step, ours.take(step), recording.of(step)));
        }
      }
    }
    KnownDifferences known = new KnownDifferences();
    assertThat(known.unknown(found)).isEmpty();
    assertThat(known.gone(found)).as("known differences that no longer show").isEmpty();
  }

  @Test
  void everyStepIsOnRecordAndNoOther() {
    for (String part : Suite.PARTS) {
      assertThat(new Recording(part).steps())
          .isEqualTo(
              Suite.steps(part).stream()
                  .filter(Step::isRequest)
                  .map(Step::name)
                  .collect(Collectors.toSet()));
    }
  }
}
