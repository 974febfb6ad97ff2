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
  private static final double WIDTH = 420;
  private static final double HEIGHT = 230;
  private static final double LEFT = 52;
  private static final double RIGHT = 12;
  private static final double TOP = 10;
  private static final double BOTTOM = 26;

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
            WIDTH,
            HEIGHT,
            LEFT,
            RIGHT,
            TOP,
            BOTTOM);
    Html out = new Html();
    out.raw(
        Text.format(
            "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%d dots\">",
            WIDTH, HEIGHT, dots.size()));
    axes(out, frame);
    for (Dot dot : dots) {
      out.raw(
              Text.format(
                  "<g class=\"tone%d\"><circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>",
                  dot.kind() % 6, frame.across(dot.x()), frame.down(dot.y())))
          .text(kinds.get(dot.kind()) + ": " + Text.number(dot.x()) + ", " + Text.number(dot.y()))
          .raw("</title></circle></g>");
    }
    return out.raw("</svg>").raw(legend()).toString();
  }

  private static void axes(Html out, Frame frame) {
    Axes.rows(out, frame);
    for (double value : Ticks.linear(frame.x().low(), frame.x().high(), 5)) {
      Axes.below(out, frame, value, Chart.label(value));
    }
  }

  private String legend() {
    Html out = new Html().raw("<p class=\"legend\">");
    for (int i = 0; i < kinds.size(); i++) {
      out.raw("<span class=\"key tone" + i % 6 + "\"></span>").text(kinds.get(i)).raw(" ");
    }
    return out.raw("</p>").toString();
  }
}
