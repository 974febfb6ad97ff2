package io.rewarddance.driver.report;

import io.rewarddance.driver.format.Text;
import io.rewarddance.metrics.stat.MeanInterval;
import io.rewarddance.proto.training.JudgeUpdateResult.Bin;
import java.util.List;

/**
 * A reliability diagram: how often what a judge gave probability p came true, by bins of p. A judge
 * that means what it says lies on the diagonal.
 */
final class Reliability {
  private static final double SIZE = 320;
  private static final double EDGE = 36;

  private Reliability() {}

  static String svg(String name, List<Bin> bins) {
    Html out = new Html();
    out.raw(Text.format("<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"", SIZE, SIZE));
    out.text("Reliability on " + name).raw("\">");
    for (int tenth = 0; tenth <= 10; tenth += 2) {
      axis(out, tenth / 10.0);
    }
    out.raw(
        Text.format(
            "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
            across(0), down(0), across(1), down(1)));
    out.raw("<g class=\"tone0\">");
    StringBuilder path = new StringBuilder();
    for (Bin bin : bins) {
      if (bin.count() > 0) {
        MeanInterval share = MeanInterval.wilson(bin.right(), bin.count());
        point(out, bin, share);
        path.append(path.isEmpty() ? 'M' : 'L')
            .append(Text.format("%.1f %.1f", across(bin.meanP()), down(share.mean())));
      }
    }
    return out.raw("<path class=\"thin\" d=\"" + path + "\"/></g></svg>").toString();
  }

  private static void axis(Html out, double value) {
    out.raw(
        Text.format(
            "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
            across(0), across(1), down(value), down(value)));
    out.raw(
        Text.format(
            "<text class=\"end\" x=\"%.1f\" y=\"%.1f\">%.1f</text>",
            EDGE - 6, down(value) + 4, value));
    out.raw(
        Text.format(
            "<text class=\"mid\" x=\"%.1f\" y=\"%.1f\">%.1f</text>",
            across(value), SIZE - EDGE / 2, value));
  }

  private static void point(Html out, Bin bin, MeanInterval share) {
    double x = across(bin.meanP());
    out.raw(
        Text.format(
            "<line class=\"whisker\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
            x, x, down(share.low()), down(share.high())));
    out.raw(
        Text.format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>", x, down(share.mean())));
    out.text(
            Text.format(
                "says %.3f, came true %s, %d pairs",
                bin.meanP(), Text.interval(share), bin.count()))
        .raw("</title></circle>");
  }

  private static double across(double share) {
    return EDGE + share * (SIZE - 2 * EDGE);
  }

  private static double down(double share) {
    return SIZE - EDGE - share * (SIZE - 2 * EDGE);
  }
}
