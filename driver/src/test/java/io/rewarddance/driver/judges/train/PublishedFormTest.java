package io.rewarddance.driver.judges.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.conformance.SuiteModels;
import io.rewarddance.driver.publish.ModelText;
import io.rewarddance.driver.testing.TinyPairs;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the conformance suite serves as published judges is what a training publishes. */
final class PublishedFormTest {
  @TempDir Path output;

  static List<SuiteModels.Published> published() {
    return SuiteModels.published();
  }

  @ParameterizedTest
  @MethodSource("published")
  void theSuiteServesWhatATrainingPublishes(SuiteModels.Published judge) throws Exception {
    SuiteModels.addTo(output.resolve("suite"));
    Path served = output.resolve("suite").resolve(judge.model());
    Path trained = publish(judge);
    assertThat(files(served.resolve("1"))).isEqualTo(files(trained.resolve("1")));
    ModelConfig.Builder config = ModelText.read(trained).toBuilder();
    for (String ofTraining : List.of("base_digest", "preference_file_digest", "judge_job")) {
      assertThat(config.containsParameters(ofTraining)).as(ofTraining).isTrue();
      config.removeParameters(ofTraining);
    }
    assertThat(config.build()).isEqualTo(ModelText.read(served));
  }

  /** The base's own weights, published as if they had been trained. */
  private Path publish(SuiteModels.Published judge) throws Exception {
    TinyPairs.write(output);
    JudgeTrainingConfig config =
        TinyJudge.load(
                output,
                judge.model(),
                judge.parameters().get("recipe"),
                "base='" + judge.base().toAbsolutePath().normalize() + "'",
                "reasons=" + judge.parameters().get("reasons"))
            .config();
    JudgeInputs inputs = JudgeInputs.read(config);
    JudgeModel model = new JudgeModel(config, inputs, "job");
    model.publish(inputs.version().resolve("weights.safetensors"), "card");
    return model.directory();
  }

  private static Map<String, String> files(Path version) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(version)) {
      for (Path file : files.toList()) {
        digests.put(file.getFileName().toString(), Sha256.of(file));
      }
    }
    return digests;
  }

  @Test
  void aModelThatIsReplacedIsKeptAsideUntilTheNextIsProven() throws Exception {
    SuiteModels.Published judge = published().get(0);
    Path before = publish(judge);
    String first = Files.readString(before.resolve(ModelText.FILE));
    JudgeTrainingConfig config =
        TinyJudge.load(output, judge.model(), judge.parameters().get("recipe")).config();
    JudgeInputs inputs = JudgeInputs.read(config);
    JudgeModel second = new JudgeModel(config, inputs, "another");
    Path aside = before.resolveSibling("." + judge.model() + ".replaced");
    Path weights = inputs.version().resolve("weights.safetensors");
    // As often as the job is killed before it has proven its model.
    for (int sitting = 0; sitting < 2; sitting++) {
      second.publish(weights, "card");
      assertThat(second.isOurs()).isTrue();
      assertThat(aside.resolve(ModelText.FILE)).hasContent(first);
    }
    for (int again = 0; again < 2; again++) {
      assertThat(second.withdraw()).isTrue();
      assertThat(before.resolve(ModelText.FILE)).hasContent(first);
      assertThat(aside).doesNotExist();
    }
    second.publish(weights, "card");
    second.confirm();
    assertThat(aside).doesNotExist();
    assertThat(second.withdraw()).isFalse();
    assertThat(before).doesNotExist();
  }
}
