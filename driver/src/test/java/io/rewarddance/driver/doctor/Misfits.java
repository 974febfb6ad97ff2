package io.rewarddance.driver.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.driver.testing.TritonConfigs;
import io.rewarddance.driver.triton.ModelControl;
import io.rewarddance.driver.triton.TritonClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/** The shipped models again, each made to fit less, in the repository of a running server. */
final class Misfits {
  private static final Duration LOAD = Duration.ofSeconds(60);

  private final Path repository;
  private final String endpoint;

  Misfits(Path repository, String endpoint) {
    this.repository = repository;
    this.endpoint = endpoint;
  }

  /** Adds a copy of a model and asks the server to load it, which it may refuse. */
  void add(String model, String name, UnaryOperator<String> config) throws IOException {
    Path copy = repository.resolve(name);
    Trees.copy(repository.resolve(model), copy);
    Path file = copy.resolve("config.pbtxt");
    String before = Files.readString(file);
    String after = config.apply(before.replaceFirst(model, name));
    assertThat(after).as("a change of %s", name).isNotEqualTo(before);
    Files.writeString(file, after);
    try (TritonClient client =
        TritonClient.connect(List.of(endpoint), TritonConfigs.ofRetries(0), () -> 0)) {
      ModelControl control = client.controls().get(0);
      control.load(name, LOAD).join();
    } catch (CompletionException e) {
      // The doctor is to say so.
    }
  }

  /** Judges that can be asked only one kind of question, or none. */
  void addJudges() throws IOException {
    add("shapes_judge", "judge_pairs", text -> text.replace(" optional: true", ""));
    add(
        "shapes_judge",
        "judge_points",
        text -> text.replaceFirst("  \\{ name: \"reference\".*\\n", ""));
    add(
        "shapes_judge",
        "judge_floats",
        text ->
            text.replace(
                "\"image\" data_type: TYPE_UINT8 dims: [ 32, 32, 3 ]",
                "\"image\" data_type: TYPE_FP32 dims: [ 3, 32, 32 ]"));
  }

  Checkup look() {
    TritonConfig config = TritonConfigs.ofRetries(0).withEndpoints(List.of(endpoint));
    return new Doctor((r, m) -> List.of()).look(config);
  }

  /** What is found of the shipped models and of {@link #addJudges} on every server. */
  static void assertJudges(Checkup checkup) {
    assertThat(find(checkup, "shapes_generator").detail()).startsWith("generator; version 1\n");
    assertThat(find(checkup, "shapes_judge").detail())
        .startsWith(
            "judge, pointwise and pairwise; version 1\nhas reference, reason, image_gradient; lacks");
    assertThat(find(checkup, "shapes_oracle").detail())
        .startsWith("oracle; version 1\n")
        .contains("measures also template_fit, grain");
    assertThat(find(checkup, "judge_pairs").detail())
        .startsWith(
            "judge, pairwise only; version 1\nnot pointwise: needs input 'reference' UINT8");
    assertThat(find(checkup, "judge_points").detail())
        .startsWith(
            "judge, pointwise only; version 1\n"
                + "not pairwise: has no input 'reference' (expected: UINT8 [H,W,3])");
    Finding floats = find(checkup, "judge_floats");
    assertThat(floats.state()).isEqualTo(Finding.State.WEAK);
    assertThat(floats.detail()).startsWith("version 1 UNAVAILABLE: ").contains("image");
    assertThat(find(checkup, "a run").detail())
        .isEqualTo(
            "generator shapes_generator; judge judge_points, shapes_judge, judge_pairs; oracle shapes_oracle\n"
                + "generator shapes_video_generator; judge shapes_video_judge; oracle shapes_video_oracle");
    assertThat(checkup.problems()).isZero();
  }

  static Finding find(Checkup checkup, String name) {
    return checkup.findings().stream()
        .filter(finding -> finding.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + ": " + checkup.findings()));
  }
}
