package io.rewarddance.driver.report;

import io.rewarddance.driver.format.Text;
import java.util.List;

/**
 * Dots in a plane, one colour for each kind.
 *
 * @param kinds names of the colours
 * @param dots at least one
 */
public record ScatterChart(List<String> kinds, List<Dot> dots) {
  private static final double HEIGHT = 230;

  public ScatterChart {
    kinds = List.copyOf(kinds);
    dots = List.copyOf(dots);
  }

  /**
   * @param kind index of its name
   */
  public record Dot(int kind, double x, double y) {}

  /** The drawing with its legend; nothing without dots. */
  public String html() {
    if (dots.isEmpty()) {
      return "";
    }
    Frame frame =
        new Frame(
            Range.of(dots.stream().mapToDouble(Dot::x), true),
            Range.of(dots.stream().mapToDouble(Dot::y), true),
            HEIGHT);
    Html out = frame.open(dots.size() + " dots");
    axes(out, frame);
    for (Dot dot : dots) {
      String title =
          kinds.get(dot.kind()) + ": " + Text.number(dot.x()) + ", " + Text.number(dot.y());
      out.raw("<g class=\"tone" + dot.kind() % 6 + "\">");
      Marks.dot(out, frame.across(dot.x()), frame.down(dot.y()), title);
      out.raw("</g>");
    }
    return out.raw("</svg>").raw(Marks.legend(kinds, i -> i % 6)).toString();
  }

  private static void axes(Html out, Frame frame) {
    Axes.rows(out, frame);
    for (double value : Ticks.linear(frame.x().low(), frame.x().high(), 5)) {
      Axes.below(out, frame, value, Chart.label(value));
    }
  }
}
