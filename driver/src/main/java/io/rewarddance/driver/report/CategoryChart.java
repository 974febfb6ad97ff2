package io.rewarddance.driver.report;

import io.rewarddance.driver.format.Text;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Lines over named categories, such as sizes: a dot with its interval for each, and small dots for
 * the single measurements behind it.
 *
 * @param categories names along the x axis
 * @param lines at least one
 */
public record CategoryChart(List<String> categories, List<Line> lines) {
  private static final double HEIGHT = 230;

  /** How far apart lines stand at a category, so that none hides another's interval. */
  private static final double ASIDE = 12;

  public CategoryChart {
    categories = List.copyOf(categories);
    lines = List.copyOf(lines);
  }

  /**
   * One line.
   *
   * @param means for each category; empty where nothing was measured
   * @param single for each category the measurements behind its mean; may be empty
   */
  public record Line(String name, List<Optional<MeanInterval>> means, List<List<Double>> single) {
    public Line {
      means = List.copyOf(means);
      single = List.copyOf(single);
      if (!single.isEmpty() && single.size() != means.size()) {
        throw new IllegalArgumentException(
            "single: " + single.size() + " (expected: " + means.size() + " or none)");
      }
    }
  }

  /** Whether there is nothing to draw. */
  public boolean isEmpty() {
    return lines.stream().allMatch(line -> line.means().stream().allMatch(Optional::isEmpty));
  }

  /** The drawing with its legend; nothing when it is empty. */
  public String html() {
    if (isEmpty()) {
      return "";
    }
    Frame frame =
        new Frame(new Range(-0.5, categories.size() - 0.5), Range.of(heights(), true), HEIGHT);
    Html out = frame.open(String.join(", ", names()));
    axes(out, frame);
    for (int i = 0; i < lines.size(); i++) {
      line(out, frame, i);
    }
    return out.raw("</svg>").raw(legend()).toString();
  }

  private DoubleStream heights() {
    Stream<MeanInterval> means =
        lines.stream().flatMap(line -> line.means().stream()).flatMap(Optional::stream);
    DoubleStream single =
        lines.stream()
            .flatMap(line -> line.single().stream().flatMap(List::stream))
            .mapToDouble(Double::doubleValue);
    return DoubleStream.concat(
        means.flatMapToDouble(mean -> DoubleStream.of(mean.low(), mean.high())), single);
  }

  private void axes(Html out, Frame frame) {
    Axes.rows(out, frame);
    for (int i = 0; i < categories.size(); i++) {
      Axes.below(out, frame, i, categories.get(i));
    }
  }

  private void line(Html out, Frame frame, int index) {
    Line line = lines.get(index);
    double aside = (index - (lines.size() - 1) / 2.0) * ASIDE / Math.max(1, lines.size());
    out.raw("<g class=\"tone" + index % 6 + "\">");
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < line.means().size(); i++) {
      double left = frame.across(i) + aside;
      for (double value : line.single().isEmpty() ? List.<Double>of() : line.single().get(i)) {
        out.raw(
            Text.format(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"1.8\" opacity=\".55\"/>",
                left + 7, frame.down(value)));
      }
      Optional<MeanInterval> mean = line.means().get(i);
      if (mean.isPresent()) {
        double top = frame.down(mean.get().mean());
        path.append(path.isEmpty() ? 'M' : 'L').append(Text.format("%.1f %.1f", left, top));
        mark(out, frame, line.name() + ", " + categories.get(i), mean.get(), left);
      }
    }
    out.raw("<path class=\"thin\" d=\"" + path + "\"/></g>");
  }

  private static void mark(Html out, Frame frame, String name, MeanInterval mean, double left) {
    Marks.whisker(out, frame, left, mean.low(), mean.high());
    Marks.dot(out, left, frame.down(mean.mean()), name + ": " + Text.number(mean.mean()));
  }

  private String legend() {
    return lines.size() > 1 ? Marks.legend(names(), i -> i % 6) : "";
  }

  private List<String> names() {
    return lines.stream().map(Line::name).toList();
  }
}
