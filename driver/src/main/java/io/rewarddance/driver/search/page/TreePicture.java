package io.rewarddance.driver.search.page;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.picture.Png;
import io.rewarddance.driver.report.Html;
import io.rewarddance.driver.search.Fate;
import io.rewarddance.driver.search.Node;
import io.rewarddance.driver.search.SearchTree;
import io.rewarddance.rollout.Pixels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Locale;

/**
 * A search as SVG: what the judge saw as thumbnails, lines from parents to children, broken where
 * noise was added.
 */
final class TreePicture {
  private static final int SIZE = TreeLayout.THUMBNAIL;
  private static final int LARGEST_FILE = 128;

  private final SearchTree tree;
  private final TreeLayout layout;

  TreePicture(SearchTree tree) {
    this.tree = tree;
    this.layout = new TreeLayout(tree);
  }

  String svg() {
    Html out = new Html();
    out.raw(
        Text.format(
            "<svg width=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
            layout.width(), layout.width(), layout.height()));
    out.text("search tree: " + tree.task().prompt().text()).raw("\">");
    for (int round = 0; round < tree.plan().rounds(); round++) {
      out.raw(
          Text.format(
              "<text class=\"head\" x=\"%d\" y=\"14\">%s</text>",
              layout.middle(round), heading(round)));
    }
    tree.nodes().forEach(node -> line(out, node));
    tree.nodes().forEach(node -> node(out, node));
    return out.raw("</svg>").toString();
  }

  private String heading(int round) {
    int level = tree.plan().reached(round);
    return level == tree.plan().steps() ? "images" : "level " + level;
  }

  private void line(Html out, Node node) {
    if (node.parent().isEmpty()) {
      return;
    }
    Node parent = tree.nodes().get(node.parent().getAsInt());
    TreeLayout.Place from = layout.of(parent);
    TreeLayout.Place to = layout.of(node);
    int fromX = from.x() + SIZE;
    int fromY = from.y() + SIZE / 2;
    int toY = to.y() + SIZE / 2;
    int middle = (fromX + to.x()) / 2;
    boolean on = node.fate() == Fate.KEPT || node.fate() == Fate.CHOSEN;
    out.raw(
        Text.format(
            "<path class=\"%s%s\" d=\"M%d %d C%d %d %d %d %d %d\"/>",
            on ? "on " : "",
            node.leg().isRenoised() ? "renoised" : "onward",
            fromX,
            fromY,
            middle,
            fromY,
            middle,
            toY,
            to.x(),
            toY));
  }

  private void node(Html out, Node node) {
    int x = layout.of(node).x();
    int y = layout.of(node).y();
    out.raw("<g class=\"" + node.fate().name().toLowerCase(Locale.ROOT) + "\"><title>");
    out.text(description(node)).raw("</title>");
    out.raw(box("rect class=\"none\"", x, y));
    node.image()
        .ifPresent(
            image ->
                out.raw(box("image href=\"data:image/png;base64," + encoded(image) + "\"", x, y)));
    out.raw(box("rect class=\"frame\" rx=\"3\"", x, y));
    out.raw(
        Text.format(
            "<text class=\"number\" x=\"%d\" y=\"%d\">%s%s</text></g>",
            x + SIZE / 2,
            y + SIZE + 13,
            node.pYes().map(p -> Text.format("%.3f", p)).orElse("failed"),
            mark(node)));
  }

  private static String mark(Node node) {
    return node.gold()
        .map(
            gold ->
                gold.strict()
                    ? " <tspan class=\"right\">✓</tspan>"
                    : " <tspan class=\"wrong\">✗</tspan>")
        .orElse("");
  }

  private static String box(String element, int x, int y) {
    return "<"
        + element
        + Text.format(" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", x, y, SIZE, SIZE);
  }

  private static String description(Node node) {
    String way = "level " + node.leg().begin() + " to " + node.leg().stop();
    String noise = node.leg().isRenoised() ? ", noised again from level " + node.leg().from() : "";
    String answer =
        node.pYes()
            .map(p -> Text.format("P(yes) %.4f", p))
            .orElseGet(() -> "failed: " + node.answer().failure().orElseThrow());
    String gold = node.gold().map(g -> Text.format(", graded gold %.2f", g.graded())).orElse("");
    return "#" + node.id() + ": " + way + noise + ", seed " + node.seed() + "; " + answer + gold;
  }

  private static String encoded(Pixels image) {
    try {
      return Base64.getEncoder().encodeToString(Png.thumbnail(image.sheet(), LARGEST_FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
