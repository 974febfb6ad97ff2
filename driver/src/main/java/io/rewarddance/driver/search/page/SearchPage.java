package io.rewarddance.driver.search.page;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.report.Html;
import io.rewarddance.driver.search.Comparison;
import io.rewarddance.driver.search.SearchPlan;
import io.rewarddance.driver.search.SearchText;
import io.rewarddance.driver.search.SearchTree;
import io.rewarddance.driver.search.StageTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/** The page: what was done and what it came to, then the trees. */
public final class SearchPage {
  private final SearchRecord search;
  private final List<SearchTree> trees;
  private final int shown;

  /**
   * @param shown how many trees are drawn; the pictures of these must be there
   */
  public SearchPage(SearchRecord search, int shown) {
    this.search = search;
    this.trees = search.comparison().results().get(0).trees();
    this.shown = Math.min(shown, trees.size());
  }

  public String html() {
    Html out = new Html();
    out.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    out.element("title", "Search over Paths · RewardDance");
    out.raw("<style>").raw(css()).raw("</style></head><body>");
    header(out);
    if (search.comparison().results().size() > 1) {
      comparison(out);
    }
    stages(out);
    trees.subList(0, shown).forEach(tree -> tree(out, tree));
    if (shown < trees.size()) {
      out.element("p class=\"note\"", (trees.size() - shown) + " more are in search.json.");
    }
    return out.raw("</body></html>\n").toString();
  }

  private void header(Html out) {
    SearchPlan plan = trees.get(0).plan();
    out.raw("<header>").element("h1", "Search over Paths");
    out.element(
        "p",
        Text.format(
            "%s, %d steps from %s; stages at %s; at most %d network evaluations and %d questions each; seed %d",
            trees.size() == 1 ? "1 search" : trees.size() + " searches",
            plan.steps(),
            Text.plural(plan.starts(), "start"),
            plan.stages().isEmpty() ? "none" : levels(plan),
            plan.evaluations(),
            plan.questions(),
            search.seed()));
    out.element(
        "p",
        "drawn by '%s' (%s), judged by '%s', %s; a candidate that fails: %s"
            .formatted(
                search.generator(),
                search.policy().map(Object::toString).orElse("no policy"),
                search.judge(),
                search.oracle().map(o -> "measured by '" + o + "'").orElse("not measured"),
                search.onFailure()));
    out.raw("</header>");
  }

  private static String levels(SearchPlan plan) {
    return String.join(
        ", ",
        plan.stages().stream()
            .map(
                s ->
                    "%d (keep %d, branch %d, back %d)"
                        .formatted(s.level(), s.keep(), s.branch(), s.back()))
            .toList());
  }

  private void comparison(Html out) {
    out.raw("<section><h2>At the same budget</h2><div class=\"scroll\"><table><tr>");
    List.of("method", "NFE", "judged", "P(yes)", "gold, strict", "gold, graded", "search - this")
        .forEach(title -> out.element("th", title));
    out.raw("</tr>");
    for (Comparison.Row row : search.comparison().rows()) {
      out.raw("<tr>").element("td", row.method().name());
      out.element("td", Text.format("%.1f", row.evaluations()));
      out.element("td", Text.format("%.1f", row.questions()));
      out.element("td", SearchText.interval(row.pYes()));
      out.element("td", SearchText.interval(row.goldStrict()));
      out.element("td", SearchText.interval(row.goldGraded()));
      out.element("td", row.gain().map(SearchText::signed).orElse("")).raw("</tr>");
    }
    out.raw(
        "</table></div><p class=\"note\">Means over the same prompts with 95 % intervals; NFE: ");
    out.raw("network evaluations for each image. The last column is paired, of strict gold.");
    if (search.comparison().leftOut() > 0) {
      out.raw(" " + search.comparison().leftOut() + " left out: a method has no answer for them.");
    }
    out.raw("</p></section>");
  }

  private void stages(Html out) {
    out.raw("<section><h2>Stages of the search</h2><div class=\"scroll\"><table><tr>");
    List.of(
            "round",
            "level",
            "sigma",
            "candidates",
            "kept",
            "failed",
            "NFE",
            "P(yes)",
            "of kept",
            "gold",
            "of kept")
        .forEach(title -> out.element("th", title));
    out.raw("</tr>");
    for (StageTable.Row row : StageTable.of(trees)) {
      out.raw("<tr>").element("td", "" + row.round());
      out.element("td", "" + row.level()).element("td", three(row.sigma()));
      out.element("td", "" + row.candidates()).element("td", "" + row.kept());
      out.element("td", "" + row.failed()).element("td", "" + row.evaluations());
      out.element("td", three(row.pYes())).element("td", three(row.pYesKept()));
      out.element("td", three(row.gold())).element("td", three(row.goldKept())).raw("</tr>");
    }
    out.raw("</table></div><p class=\"note\">Sums and means over all searches. Before the last ");
    out.raw("round the judge and the oracle see clean guesses of unfinished images.</p></section>");
  }

  private static void tree(Html out, SearchTree tree) {
    out.raw("<section>").element("h2", tree.task().prompt().text());
    out.element(
        "p class=\"note\"",
        Text.format(
            "%d network evaluations, %d questions. Under each thumbnail P(yes) and the oracle's mark; blue: kept, the thickest frame: chosen; pale: pruned; broken lines: noised again.",
            tree.evaluations(), tree.questions()));
    tree.failure().ifPresent(text -> out.element("p class=\"bad\"", text));
    out.raw("<div class=\"scroll\">").raw(new TreePicture(tree).svg()).raw("</div></section>");
  }

  private static String three(OptionalDouble value) {
    return value.isPresent() ? Text.format("%.3f", value.getAsDouble()) : "-";
  }

  private static String css() {
    try (InputStream in = SearchPage.class.getResourceAsStream("search.css")) {
      return new String(
          Objects.requireNonNull(in, "search.css").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
