package io.rewarddance.driver.search.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.search.Comparison;
import io.rewarddance.driver.search.Fate;
import io.rewarddance.driver.search.Method;
import io.rewarddance.driver.search.OnFailure;
import io.rewarddance.driver.search.SearchTree;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SearchPageTest {
  private final SearchTree tree = Trees.wide();
  private final SearchRecord search =
      new SearchRecord(
          "painter",
          "judge",
          Optional.of("oracle"),
          Optional.empty(),
          11,
          OnFailure.PRUNE,
          new Comparison(
              List.of(new Comparison.Result(Method.search(tree.plan()), List.of(tree)))));

  @Test
  void everyCandidateIsDrawnOnceWithItsFate() {
    String html = new SearchPage(search, 1).html();
    for (Fate fate : Fate.values()) {
      long nodes = tree.nodes().stream().filter(n -> n.fate() == fate).count();
      String group = "<g class=\"" + fate.name().toLowerCase(Locale.ROOT) + "\">";
      assertThat(html.split(group, -1)).hasSize((int) nodes + 1);
    }
    assertThat(tree.failures()).isPositive();
    assertThat(html.split("data:image/png;base64,", -1)).hasSize(tree.questions() + 1);
    assertThat(html.split("class=\"(on )?renoised\"", -1)).hasSize(4 + 2 + 1);
  }

  @Test
  void textIsEscapedAndNothingIsLoadedFromElsewhere() {
    String html = new SearchPage(search, 1).html();
    assertThat(html).contains("a &lt;b&gt; &amp; &quot;c&quot;").doesNotContain("<b>");
    assertThat(html).doesNotContain("http:", "https:", "<script", "url(");
  }

  @Test
  void jsonHasEveryNodeWithWhatLacksAsNull() {
    JsonNode json = JsonMapper.shared().readTree(SearchJson.of(search)).at("/methods/0/searches/0");
    assertThat(json.get("nodes")).hasSize(tree.nodes().size());
    assertThat(json.get("chosen").asInt()).isEqualTo(tree.chosen().orElseThrow().id());
    for (int i = 0; i < tree.nodes().size(); i++) {
      JsonNode node = json.get("nodes").get(i);
      boolean failed = tree.nodes().get(i).fate() == Fate.FAILED;
      assertThat(node.get("p_yes").isNull()).isEqualTo(failed);
      assertThat(node.get("failure").isNull()).isEqualTo(!failed);
      assertThat(node.get("parent").isNull()).isEqualTo(node.get("round").asInt() == 0);
    }
  }
}
