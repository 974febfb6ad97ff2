package io.rewarddance.driver.report;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.loop.Evaluation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The same prompts and seeds before and after, side by side, with the oracle's mark. */
final class SampleGrid {
  private final Pictures pictures;

  SampleGrid(Pictures pictures) {
    this.pictures = pictures;
  }

  /** One pair; either side may be missing. */
  private record Pair(
      Evaluation.Sample any,
      Optional<Evaluation.Sample> before,
      Optional<Evaluation.Sample> after) {}

  String html(Optional<Evaluation> before, Optional<Evaluation> after) {
    List<Pair> pairs = pairs(before, after);
    if (pairs.isEmpty()) {
      return "";
    }
    Html out = new Html().raw("<section><h2>The same prompts and seeds, before and after</h2>");
    out.raw(
        "<p class=\"note\">Left before, right after; the number is P(yes). A green frame: the oracle accepts the image.</p>");
    // A run that has not ended has only one side to show.
    boolean both = before.isPresent() && after.isPresent();
    out.raw(both ? "<div class=\"pairs\">" : "<div class=\"pairs single\">");
    pairs.forEach(pair -> pair(out, pair, both));
    return out.raw("</div></section>").toString();
  }

  private static List<Pair> pairs(Optional<Evaluation> before, Optional<Evaluation> after) {
    Map<String, Evaluation.Sample> later = new HashMap<>();
    List<Evaluation.Sample> afterSamples = after.map(Evaluation::samples).orElse(List.of());
    afterSamples.forEach(sample -> later.put(key(sample), sample));
    List<Pair> pairs = new ArrayList<>();
    for (Evaluation.Sample sample : before.map(Evaluation::samples).orElse(List.of())) {
      pairs.add(
          new Pair(sample, Optional.of(sample), Optional.ofNullable(later.remove(key(sample)))));
    }
    afterSamples.stream()
        .filter(sample -> later.containsKey(key(sample)))
        .forEach(sample -> pairs.add(new Pair(sample, Optional.empty(), Optional.of(sample))));
    pairs.sort(Comparator.comparing(pair -> pair.any().category()));
    return pairs;
  }

  private static String key(Evaluation.Sample sample) {
    return sample.seed() + " " + sample.prompt();
  }

  private void pair(Html out, Pair pair, boolean both) {
    out.raw("<figure><div class=\"two\">");
    if (both || pair.before().isPresent()) {
      image(out, pair.before(), "before");
    }
    if (both || pair.after().isPresent()) {
      image(out, pair.after(), "after");
    }
    out.raw("</div><figcaption>").text(pair.any().prompt());
    if (!pair.any().category().isEmpty()) {
      out.raw("<small>").text(pair.any().category()).raw("</small>");
    }
    out.raw("</figcaption></figure>");
  }

  private void image(Html out, Optional<Evaluation.Sample> sample, String when) {
    Optional<String> address = sample.flatMap(s -> pictures.address(s.file()));
    if (address.isEmpty()) {
      out.raw("<span class=\"shot none\">no image</span>");
      return;
    }
    Evaluation.Sample shown = sample.get();
    String mark = shown.goldStrict().map(gold -> gold ? "right" : "wrong").orElse("unmarked");
    String words = shown.goldStrict().map(gold -> gold ? "✓ " : "✗ ").orElse("");
    out.raw("<span class=\"shot " + mark + "\"><img alt=\"")
        .text(when + ": " + shown.prompt())
        .raw("\" src=\"" + address.get() + "\"><small>")
        .text(words + Text.format("%.2f", shown.pYes()))
        .raw("</small></span>");
  }
}
