package io.rewarddance.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.picture.PngReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command against the shipped models on the embedded server. */
class SearchCommandTest {
  private static final String PROMPTS =
      Path.of(System.getProperty("rewarddance.root"), "triton-models/prompts/shapes-heldout.jsonl")
          .toString();

  @TempDir Path directory;

  private Ran search(String out, String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "search";
    arguments[1] = "--out";
    arguments[2] = directory.resolve(out).toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Ran.of(arguments);
  }

  private JsonNode json(String out) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(directory.resolve(out + "/search.json")));
  }

  @Test
  void aSeedGivesTheSameFilesWhateverTheThreads() throws IOException {
    String[] asked = {
      "--prompt", "a red circle", "--steps=4", "--budget=30", "--stages=2", "--keep=2", "--seed=3"
    };
    assertThat(search("one", asked).code()).isZero();
    String[] again = Arrays.copyOf(asked, asked.length + 1);
    again[asked.length] = "--threads=1";
    assertThat(search("two", again).code()).isZero();
    for (String file : new String[] {"search.json", "search.html", "images/0000.png"}) {
      assertThat(directory.resolve("two").resolve(file))
          .hasSameBinaryContentAs(directory.resolve("one").resolve(file));
    }
    assertThat(PngReader.read(directory.resolve("one/images/0000.png")).height()).isEqualTo(32);
    asked[asked.length - 1] = "--seed=4";
    assertThat(search("three", asked).code()).isZero();
    assertThat(json("three").at("/methods/0/searches"))
        .isNotEqualTo(json("one").at("/methods/0/searches"));
  }

  @Test
  void manyPromptsAreComparedAtTheSameBudget() throws IOException {
    Ran ran =
        search(
            "many",
            "--prompts",
            PROMPTS,
            "--n=6",
            "--steps=4",
            "--budget=24",
            "--stages=2",
            "--keep=2",
            "--compare",
            "--show=1");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("round  level", "method", "best of 6", "plain");
    JsonNode methods = json("many").get("methods");
    assertThat(methods).hasSize(3);
    for (JsonNode method : methods) {
      assertThat(method.get("evaluations").asDouble()).isLessThanOrEqualTo(24);
      assertThat(method.get("searches")).hasSize(6);
      assertThat(method.at("/gold_strict/n").asInt()).isEqualTo(6);
    }
    assertThat(methods.get(0).at("/searches/3/prompt"))
        .isEqualTo(methods.get(2).at("/searches/3/prompt"));
    assertThat(directory.resolve("many/images/0005.png")).exists();
    String page = Files.readString(directory.resolve("many/search.html"));
    assertThat(page).containsOnlyOnce("<svg ").contains("5 more are in search.json");
    assertThat(page).doesNotContain("http:", "https:", "<script");
  }

  @Test
  void aPromptThatTheModelCanNotReadIsASearchWithoutAnswer() {
    Ran ran = search("none", "--prompt", "a mauve circle", "--budget=40", "--steps=4");
    assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.out()).contains("a mauve circle: no candidate was left: GENERATOR_ERROR");
    Ran stopped =
        search(
            "stopped",
            "--prompt",
            "a mauve circle",
            "--budget=40",
            "--steps=4",
            "--on-failure=stop");
    assertThat(stopped.code()).isEqualTo(ExitCode.FAILED);
    assertThat(stopped.err()).contains("GENERATOR_ERROR", "unknown word \"mauve\"");
    assertThat(directory.resolve("stopped")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--budget 5 | budget: 5 network evaluations (expected: at least",
        "--starts 3 | keep: 4 at level 3 (expected: at most 3, the candidates there)",
        "--starts 30 --budget 40 | --budget: 40 (expected: at least",
        "--stages 4,3 | stages: 3 (expected: rising, 5 to 5 with 6 steps)",
        "--stages 3 --keep 2,2 | keep: [2, 2] (expected: one value, or one for each of 1 stages)",
        "--judge critic | has no model 'critic' (expected: one of [",
        "--generator shapes_judge | 'shapes_judge'",
        "--n 0 | --n: 0",
      })
  void whatCanNotBeIsNamedBeforeAnythingIsMade(String words, String text) {
    String[] given = words.split(" ");
    String[] arguments = new String[given.length + 2];
    arguments[0] = "--prompt";
    arguments[1] = "a red circle";
    System.arraycopy(given, 0, arguments, 2, given.length);
    Ran ran = search("bad", arguments);
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains(text);
    assertThat(directory.resolve("bad")).doesNotExist();
  }

  @Test
  void onePromptOrManyButNotBoth() {
    assertThat(search("x").code()).isEqualTo(ExitCode.USAGE);
    assertThat(search("x", "--prompt", "a", "--prompts", PROMPTS).code()).isEqualTo(ExitCode.USAGE);
    Ran missing = search("x", "--prompts", "no-such-file.jsonl");
    assertThat(missing.code()).isEqualTo(ExitCode.USAGE);
    assertThat(missing.err()).contains("no-such-file.jsonl: there is no such prompt file");
  }
}
