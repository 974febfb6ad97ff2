package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.config.PreferenceSetConfig;
import io.rewarddance.driver.config.PreferencesConfig;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.StageSeconds;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.preference.Preference;
import io.rewarddance.rollout.preference.PreferenceFile;
import io.rewarddance.rollout.preference.PreferenceSet;
import io.rewarddance.rollout.preference.PreferenceWriter;
import io.rewarddance.rollout.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the file of one set. */
final class SetCollecting {
  private final PreferencesConfig config;
  private final PreferenceSetConfig set;
  private final Studio studio;
  private final SetStage stage;
  private final StageSeconds seconds;
  private final SetPlan plan;

  SetCollecting(
      PreferencesConfig config,
      PreferenceSetConfig set,
      List<Prompt> prompts,
      Studio studio,
      SetStage stage,
      StageSeconds seconds) {
    this.config = config;
    this.set = set;
    this.studio = studio;
    this.stage = stage;
    this.seconds = seconds;
    this.plan = new SetPlan(set, prompts, config.seed());
  }

  /**
   * @param drawn directory for images of a job that may be killed
   */
  SetSummary collect(Path file, Path drawn) throws JobException {
    Gallery gallery = new Gallery(config, set, plan, studio, drawn);
    Map<ImageId, Image> images = seconds.time("drawing", () -> gallery.draw(stage));
    Critics critics = new Critics(set, plan, images, studio, stage);
    List<PlannedPair> pairs = plan.pairs();
    Map<Integer, ImageId> references = seconds.time("judging", critics::references);
    TrueScores scores = seconds.time("judging", () -> critics.scores(pairs, references));
    Annotating annotating =
        new Annotating(
            set, set.annotators().stream().map(config::annotator).toList(), plan.seeds());
    Annotating.Result result = annotating.answer(pairs, scores);
    if (result.answers().isEmpty()) {
      throw JobException.refused(
          "set '%s': of %d pairs none differs enough (expected: ties below %s, or other sources)"
              .formatted(set.name(), pairs.size(), set.ties()));
    }
    SetWords words = seconds.time("judging", () -> critics.words(result.answers()));
    stage.check();
    SetAssembly assembly = new SetAssembly(set, plan, references, words);
    PreferenceSet whole = assembly.assemble(result.answers(), images::get, notes());
    return summary(seconds.time("writing", () -> write(file, whole)), result);
  }

  private static PreferenceFile write(Path file, PreferenceSet set) throws JobException {
    try {
      return PreferenceWriter.write(file, set);
    } catch (StoreException e) {
      throw JobException.failed(e);
    }
  }

  /** Where the data comes from, for whoever finds the file. */
  private SortedMap<String, String> notes() {
    SortedMap<String, String> notes = new TreeMap<>();
    notes.put("description", "simulated annotators, collected by rewarddance preferences");
    notes.put("collection", config.name());
    notes.put("set", set.name());
    notes.put("seed", Long.toString(config.seed()));
    notes.put("annotators", String.join(", ", set.annotators()));
    for (String source : set.sources()) {
      notes.put(
          "source-" + source,
          SourceModels.name(config, config.source(source)) + " " + studio.painter(source).policy());
    }
    return notes;
  }

  private static SetSummary summary(PreferenceFile file, Annotating.Result result) {
    SortedMap<String, Integer> domains = new TreeMap<>();
    for (Preference pair : file.set().pairs()) {
      domains.merge(pair.domain(), 1, Integer::sum);
    }
    long right = result.answers().stream().filter(Answer::right).count();
    return new SetSummary(
        file.path(),
        file.sha256(),
        file.set().size(),
        file.set().images().size(),
        result.dropped(),
        (double) right / result.answers().size(),
        domains);
  }
}
