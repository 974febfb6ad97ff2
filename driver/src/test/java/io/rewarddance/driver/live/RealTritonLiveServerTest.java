package io.rewarddance.driver.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.cli.Ran;
import io.rewarddance.driver.judges.train.TinyJudge;
import io.rewarddance.driver.picture.Png;
import io.rewarddance.driver.testing.RealTriton;
import io.rewarddance.rollout.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same on NVIDIA's server, and questions to it from the command line. Skipped where it isn't
 * installed.
 */
@Tag("real")
final class RealTritonLiveServerTest extends LiveServerTests {
  private static final String[] PAIR = {"--prompt", "a red square", "--reference"};

  @TempDir static Path home;
  private static RealTriton triton;

  @BeforeAll
  static void serve() throws Exception {
    RealTriton.assumeInstalled(TinyJudge.ROOT);
    triton = new RealTriton(TinyJudge.ROOT, home.resolve("served"));
    LiveServer.addModels(triton.repository());
    triton.relaunch();
    server = new LiveServer(triton.endpoint(), triton.repository());
  }

  @AfterAll
  static void end() {
    if (triton != null) {
      triton.close();
    }
  }

  private Path picture(String name, int level) throws IOException {
    byte[] rgb = new byte[32 * 32 * 3];
    Arrays.fill(rgb, (byte) level);
    Arrays.fill(rgb, 900, 1500, (byte) (255 - level));
    Path file = output.resolve(name);
    Png.write(Image.of(32, 32, rgb), file);
    return file;
  }

  /** Asks the real server, then an embedded one of the command's own. */
  private static List<Ran> both(String... words) {
    List<Ran> answers = new ArrayList<>();
    for (List<String> where :
        List.of(
            List.of("--endpoint", server.endpoint()),
            List.of("--repository", server.repository().toString()))) {
      List<String> command = new ArrayList<>(List.of(words));
      command.addAll(where);
      answers.add(Ran.of(command.toArray(String[]::new)));
    }
    return answers;
  }

  /** Failures name who was asked. */
  private static String said(Ran ran) {
    return ran.out().replaceAll("127\\.0\\.0\\.1:\\d+", "there");
  }

  @Test
  void judgeSaysTheSameAsWithAServerOfItsOwn() throws Exception {
    String image = picture("a.png", 40).toString();
    String reference = picture("b.png", 220).toString();
    for (String[] words :
        new String[][] {
          {"judge", "--image", image, "--json"},
          {"judge", "--image", image, "--json", "--model=shapes_vlm_s", "--reason-tokens=4"},
          {"judge", "--image", image, "--csv", "--reason-tokens=4"}
        }) {
      String[] asked = Arrays.copyOf(words, words.length + PAIR.length + 1);
      System.arraycopy(PAIR, 0, asked, words.length, PAIR.length);
      asked[asked.length - 1] = reference;
      List<Ran> answers = both(asked);
      assertThat(said(answers.get(0))).isNotEmpty().isEqualTo(said(answers.get(1)));
      assertThat(answers.get(0).code()).isEqualTo(answers.get(1).code());
    }
    Ran refused = both("judge", "--prompt", "a mauve square", "--image", image).get(0);
    assertThat(refused.out()).contains("JUDGE_ERROR", "unknown word \"mauve\"");
  }

  @Test
  void aJudgeThatWasUnloadedIsNotAmongThoseThatThereAre() throws Exception {
    String image = picture("a.png", 40).toString();
    server.unload("shapes_vlm_s");
    try {
      for (String model : List.of("shapes_vlm_s", "critic")) {
        Ran ran =
            Ran.of(
                "judge",
                "--prompt=a",
                "--image",
                image,
                "--model",
                model,
                "--endpoint",
                server.endpoint());
        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err())
            .startsWith(server.endpoint() + " serves no model '" + model + "' (expected: one of [")
            .contains("shapes_judge")
            .doesNotContain(", shapes_vlm_s");
      }
    } finally {
      server.load("shapes_vlm_s");
    }
  }

  @Test
  void searchFindsTheSameAsWithAServerOfItsOwn() {
    String[] plan = {"--steps=4", "--budget=30", "--stages=2", "--keep=2", "--seed=3"};
    for (String where : List.of("real", "own")) {
      List<String> command = new ArrayList<>(List.of("search", "--prompt", "a red circle"));
      command.addAll(List.of(plan));
      command.addAll(List.of("--out", output.resolve(where).toString()));
      if (where.equals("real")) {
        command.addAll(List.of("--endpoint", server.endpoint()));
      }
      Ran ran = Ran.of(command.toArray(String[]::new));
      assertThat(ran.code()).as(ran.err()).isZero();
    }
    for (String file : List.of("search.json", "search.html", "images/0000.png")) {
      assertThat(output.resolve("real").resolve(file))
          .hasSameBinaryContentAs(output.resolve("own").resolve(file));
    }
  }
}
