package io.rewarddance.driver.report;

import io.rewarddance.driver.format.Text;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** What stands for a value in drawings, and for a colour beside them. */
final class Marks {
  private Marks() {}

  /** An interval, unless it is a point. */
  static void whisker(Html out, Frame frame, double left, double low, double high) {
    if (low < high) {
      out.raw(
          Text.format(
              "<line class=\"whisker\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
              left, left, frame.down(low), frame.down(high)));
    }
  }

  /** A dot that tells its title to the mouse. */
  static void dot(Html out, double left, double top, String title) {
    out.raw(Text.format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>", left, top))
        .text(title)
        .raw("</title></circle>");
  }

  /**
   * Names with their colours.
   *
   * @param tone colour of the name at an index
   */
  static String legend(List<String> names, IntUnaryOperator tone) {
    Html out = new Html().raw("<p class=\"legend\">");
    for (int i = 0; i < names.size(); i++) {
      out.raw("<span class=\"key tone" + tone.applyAsInt(i) + "\"></span>")
          .text(names.get(i))
          .raw(" ");
    }
    return out.raw("</p>").toString();
  }
}
