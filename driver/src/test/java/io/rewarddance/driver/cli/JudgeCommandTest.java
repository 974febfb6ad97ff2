package io.rewarddance.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.driver.local.LocalLauncher;
import io.rewarddance.driver.picture.Png;
import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.proto.local.LocalStackSettings;
import io.rewarddance.rollout.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command against the shipped judge on the embedded server. */
class JudgeCommandTest {
  private static final int SIZE = 32;

  @TempDir Path directory;
  private Path red;
  private Path blue;

  @BeforeEach
  void draw() throws IOException {
    red = square("red.png", 200, 30, 40);
    blue = square("blue.png", 40, 60, 200);
  }

  /** A square of that colour on grey, as the world draws them. */
  private Path square(String name, int r, int g, int b) throws IOException {
    byte[] rgb = new byte[SIZE * SIZE * 3];
    Arrays.fill(rgb, (byte) 205);
    for (int y = 8; y < 22; y++) {
      for (int x = 8; x < 22; x++) {
        int at = 3 * (y * SIZE + x);
        rgb[at] = (byte) r;
        rgb[at + 1] = (byte) g;
        rgb[at + 2] = (byte) b;
      }
    }
    Path file = directory.resolve(name);
    Png.write(Image.of(SIZE, SIZE, rgb), file);
    return file;
  }

  private static Ran judge(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "judge";
    arguments[1] = "--prompt";
    arguments[2] = "a red square";
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Ran.of(arguments);
  }

  @Test
  void aDirectoryGivesATableThatTellsRightFromWrong() {
    Ran ran = judge("--image", directory.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    String[] lines = ran.out().split("\n");
    assertThat(lines).hasSize(3);
    assertThat(lines[0]).matches("image +P\\(yes\\) +mass");
    assertThat(lines[1]).startsWith(blue.toString());
    assertThat(number(lines[1], 1)).isLessThan(0.2);
    assertThat(lines[2]).startsWith(red.toString());
    assertThat(number(lines[2], 1)).isGreaterThan(0.6);
    assertThat(number(lines[2], 2)).isCloseTo(1, within(0.01));
  }

  private static double number(String line, int column) {
    return Double.parseDouble(line.split(" +")[column]);
  }

  @Test
  void aPairIsAskedInBothOrders() {
    Ran ran =
        judge("--image", red.toString(), "--reference", blue.toString(), "--json", "--threads=1");
    assertThat(ran.code()).as(ran.err()).isZero();
    JsonNode pair = JsonMapper.shared().readTree(ran.out()).get(0);
    double forward = pair.get("p_yes").asDouble();
    double swapped = pair.get("swapped_p_yes").asDouble();
    assertThat(forward).isGreaterThan(0.6);
    assertThat(swapped).isLessThan(0.4);
    assertThat(pair.get("both_orders_p_yes").asDouble()).isBetween(forward - 0.3, forward + 0.3);
    assertThat(pair.get("reason").asString()).isEmpty();
    assertThat(pair.get("failure").isNull()).isTrue();
  }

  @Test
  void csvHasALineForEachImageAndAFailureInItsColumn() {
    Ran ran = Ran.of("judge", "--prompt", "a mauve, square", "--image", red.toString(), "--csv");
    assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.out().split("\n")[0])
        .isEqualTo("image,p_yes,mass,yes_log_prob,no_log_prob,reason,failure");
    assertThat(ran.out().split("\n")[1])
        .startsWith(red + ",,,,,,\"JUDGE_ERROR: ")
        .contains("unknown word \"\"mauve,\"\"");
  }

  @Test
  void aReasonIsAJudgesOwnAffair() {
    Ran ran = judge("--image", red.toString(), "--reason-tokens", "5");
    assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.out())
        .contains("max_reason_tokens: 5 (expected: 0, this judge gives no reasons)");
  }

  @Test
  void aJudgeThatGivesItsReasonFirstIsAskedAsAnyOther() {
    String model = "shapes_judge_reasons_first";
    Path repository =
        Path.of(System.getProperty("rewarddance.root"), "triton-models", "conformance", "models");
    String[] asked = {
      "--repository",
      repository.toString(),
      "--model",
      model,
      "--image",
      red.toString(),
      "--reference",
      blue.toString(),
      "--json",
      "--reason-tokens"
    };
    JsonNode silent = answer(asked, "0");
    JsonNode said = answer(asked, "4");
    assertThat(silent.get("reason").asString()).isEmpty();
    assertThat(said.get("reason").asString()).isNotEmpty();
    assertThat(said.get("p_yes")).isEqualTo(silent.get("p_yes"));
    assertThat(said.get("swapped_p_yes")).isEqualTo(silent.get("swapped_p_yes"));
  }

  private static JsonNode answer(String[] asked, String reasonTokens) {
    String[] arguments = Arrays.copyOf(asked, asked.length + 1);
    arguments[asked.length] = reasonTokens;
    Ran ran = judge(arguments);
    assertThat(ran.code()).as(ran.err()).isZero();
    return JsonMapper.shared().readTree(ran.out()).get(0);
  }

  @Test
  void anImageOfAnotherSizeIsNamedWithWhatTheModelTakes() throws IOException {
    Path large = directory.resolve("large.png");
    Png.write(Image.of(40, 64, new byte[40 * 64 * 3]), large);
    Ran ran = judge("--image", large.toString());
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines(
            large
                + ": height 40, width 64 (expected: height 32, width 32, as 'shapes_judge' takes them)");
  }

  @Test
  void whatIsNoImageIsNamed() throws IOException {
    Path text = Files.writeString(directory.resolve("notes.txt"), "no image");
    assertThat(judge("--image", text.toString()))
        .isEqualTo(new Ran(2, "", text + ": not a PNG image" + System.lineSeparator()));
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThat(judge("--image", empty.toString()).err())
        .isEqualToIgnoringNewLines(empty + ": no PNG file in it (expected: at least one)");
  }

  @Test
  void anUnknownModelIsNamedWithThoseThatThereAre() {
    Ran ran = judge("--model", "critic", "--image", red.toString());
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err())
        .contains("has no model 'critic' (expected: one of [", "shapes_generator", "shapes_judge");
    Ran generator = judge("--model", "shapes_generator", "--image", red.toString());
    assertThat(generator.code()).isEqualTo(ExitCode.USAGE);
    assertThat(generator.err()).contains("shapes_generator", "judge", "docs/contracts.md");
  }

  @Test
  void aServerThatRunsIsAsked() throws IOException {
    Path repository =
        Path.of(System.getProperty("rewarddance.root"), "triton-models", "repository");
    LocalStackSettings settings =
        new LocalStackSettings(
            Optional.of(new LocalStackSettings.Inference(repository, 0)), Optional.empty(), 1);
    try (LocalServices server = LocalLauncher.start(settings)) {
      String endpoint = server.inferenceEndpoint().orElseThrow();
      Ran ran = judge("--endpoint", endpoint, "--image", red.toString());
      assertThat(ran.code()).as(ran.err()).isZero();
      assertThat(ran.out()).isEqualTo(judge("--image", red.toString()).out());
      Ran unknown = judge("--endpoint", endpoint, "--model", "critic", "--image", red.toString());
      assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
      assertThat(unknown.err())
          .startsWith(endpoint + " serves no model 'critic' (expected: one of [")
          .contains("shapes_judge");
    }
  }

  @Test
  void anEndpointWhereNobodyAnswersIsNamed() {
    Ran ran = judge("--endpoint", "127.0.0.1:1", "--image", red.toString());
    assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.err()).startsWith("127.0.0.1:1 can't be asked: UNREACHABLE");
  }

  @ParameterizedTest
  @CsvSource({"--csv --json", "--threads 0", "--reason-tokens many"})
  void wrongUsageIsExitCodeTwo(String words) {
    String[] arguments = ("--image " + red + " " + words).split(" ");
    assertThat(judge(arguments).code()).isEqualTo(ExitCode.USAGE);
  }
}
