package io.rewarddance.embedded.model.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.testing.GoldenFile;
import io.rewarddance.embedded.testing.Repository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class OracleTest {
  private static final int PIXELS = 3072;
  private static final GoldenFile GOLDEN = GoldenFile.open("oracle");
  private static final Path FILE = Repository.version("shapes_oracle").resolve("oracle.json");
  private static Oracle oracle;
  private static Grammar grammar;

  @BeforeAll
  static void open() throws ModelLoadException {
    Limits limits = Limits.read(FILE);
    oracle = new Oracle(limits);
    grammar = new Grammar(limits.shapes(), limits.colours());
  }

  @Test
  void verdictsAreThePythonOracles() {
    String[] prompts = GOLDEN.texts("prompts");
    int[] strict = GOLDEN.ints("strict");
    int[] labels = GOLDEN.ints("diversity_label");
    double[] graded = GOLDEN.doubles("graded");
    double[] fit = GOLDEN.doubles("template_fit");
    double[] grain = GOLDEN.doubles("grain");
    for (int i = 0; i < prompts.length; i++) {
      Verdict verdict = oracle.judge(image(i), grammar.parse(prompts[i]));
      assertThat(verdict.score().strict()).as("strict %d", i).isEqualTo(strict[i] == 1);
      assertThat(verdict.score().graded()).as("graded %d", i).isCloseTo(graded[i], within(1e-6));
      assertThat(verdict.templateFit()).as("fit %d", i).isCloseTo(fit[i], within(1e-12));
      assertThat(verdict.grain()).as("grain %d", i).isCloseTo(grain[i], within(1e-9));
      assertThat(verdict.diversityLabel()).as("label %d", i).isEqualTo(labels[i]);
    }
    assertThat(strict).contains(0, 1);
  }

  @Test
  void objectsAreThePythonOracles() {
    JsonNode images = GOLDEN.json().get("objects");
    for (int i = 0; i < images.size(); i++) {
      List<Found> found = oracle.detect(image(i));
      assertThat(found).as("image %d", i).hasSize(images.get(i).size());
      for (int k = 0; k < found.size(); k++) {
        assertSame(found.get(k), images.get(i).get(k));
      }
    }
  }

  private static void assertSame(Found found, JsonNode expected) {
    assertThat(found.colour()).isEqualTo(expected.get("colour").intValue());
    assertThat(found.shape()).isEqualTo(expected.get("shape").intValue());
    assertThat(found.pixels()).isEqualTo(expected.get("pixels").intValue());
    assertThat(found.x()).isCloseTo(expected.get("x").doubleValue(), within(1e-9));
    assertThat(found.y()).isCloseTo(expected.get("y").doubleValue(), within(1e-9));
    for (int shape = 0; shape < 3; shape++) {
      assertThat(found.iou(shape))
          .isCloseTo(expected.get("ious").get(shape).doubleValue(), within(1e-9));
    }
  }

  /** Both lists hold no prompt that the grammar does not know. */
  @ParameterizedTest
  @CsvSource({"shapes-train.jsonl", "shapes-heldout.jsonl"})
  void shippedPromptsAreSentences(String file) throws IOException {
    Path prompts = Repository.model("").getParent().resolve("prompts").resolve(file);
    List<String> lines = Files.readAllLines(prompts);
    assertThat(lines).hasSizeGreaterThan(100);
    for (String line : lines) {
      String prompt = line.split("\"")[3];
      assertThat(grammar.parse(prompt).slots()).isNotEmpty();
    }
  }

  @Test
  void promptsSayWhatIsWanted() {
    Slot redCircle = new Slot(0, 0);
    Slot blueSquare = new Slot(1, 2);
    assertThat(grammar.parse(" A  red circle\tright of a blue square "))
        .isEqualTo(new Spec(List.of(redCircle, blueSquare), Optional.of(Relation.RIGHT_OF)));
    assertThat(grammar.parse("three blue squares"))
        .isEqualTo(Spec.of(blueSquare, blueSquare, blueSquare));
    assertThat(grammar.parse("a triangle and a circle").isColourless()).isTrue();
    assertThat(grammar.parse("a red circle").isColourless()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "a pink circle | prompt: unknown word \"pink\" in \"a pink circle\" (expected: words of the shapes world)",
        "a circle and a circle | prompt: \"a circle and a circle\" (expected: a sentence such as",
        "a red circle and a red square | (expected: a sentence such as",
        "a red circle above a square | (expected: a sentence such as",
        "two circle | (expected: a sentence such as",
        "a a a a a a a a a | prompt: 9 words in",
      })
  void otherTextsAreRefused(String prompt, String text) {
    assertThatThrownBy(() -> grammar.parse(prompt))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @Test
  void blankImagesShowNothing() {
    Verdict verdict =
        oracle.judge(ByteBuffer.allocate(PIXELS), grammar.parse("a circle and a square"));
    assertThat(verdict).isEqualTo(new Verdict(new Score(false, 0), 0, 0, -1));
  }

  @Test
  void brokenLimitsNameTheField(@TempDir Path directory) throws IOException {
    String json = Files.readString(FILE);
    assertThatThrownBy(() -> read(directory, json.replaceFirst("\\{", "{\"iuo\": 1,")))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("iuo");
    assertThatThrownBy(() -> read(directory, json.replace("\"iou\": 0.8,", "")))
        .hasMessageContaining("iou");
    assertThatThrownBy(() -> read(directory, json.replace("26.0,", "")))
        .hasMessageContaining("hue_colours");
    assertThatThrownBy(() -> Limits.read(directory.resolve("none.json")))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("none.json");
  }

  private static Limits read(Path directory, String json) throws ModelLoadException, IOException {
    return Limits.read(Files.writeString(directory.resolve("oracle.json"), json));
  }

  private static ByteBuffer image(int index) {
    return ByteBuffer.wrap(GOLDEN.bytes("images"), index * PIXELS, PIXELS).slice();
  }
}
