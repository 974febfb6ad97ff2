package io.rewarddance.embedded.model.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.embedded.testing.GoldenFile;
import io.rewarddance.embedded.testing.Repository;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShapesCriticTest {
  private static final int PIXELS = 3072;
  private static final GoldenFile ORACLE = GoldenFile.open("oracle");

  @Test
  void findingsAreThePythonCritics() throws Exception {
    Limits limits = Limits.read(critic().resolve("1/oracle.json"));
    Grammar grammar = new Grammar(limits.shapes(), limits.colours());
    Oracle eyes = new Oracle(limits);
    Critic critic = new Critic(limits);
    List<String> findings = new ArrayList<>();
    String[] prompts = ORACLE.texts("prompts");
    for (int i = 0; i < prompts.length; i++) {
      Spec spec = grammar.parse(prompts[i]);
      findings.add(critic.finding(eyes.detect(image(i)), spec));
    }
    List<String> expected = new ArrayList<>();
    GoldenFile.json("critic").forEach(text -> expected.add(text.asString()));
    assertThat(findings).isEqualTo(expected).contains("").anyMatch(f -> f.startsWith("missing "));
  }

  private static ByteBuffer image(int row) {
    return ByteBuffer.wrap(ORACLE.bytes("images"), row * PIXELS, PIXELS).slice();
  }

  private static Path critic() {
    Path models = Repository.model("shapes_oracle").getParent().getParent();
    return models.resolve("annotators/shapes_critic");
  }
}
