package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.config.PreferenceSetConfig;
import io.rewarddance.driver.config.PreferencesConfig;
import io.rewarddance.driver.config.SettingsFile;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.judges.JobControl;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.JobFolder;
import io.rewarddance.driver.judges.JobListener;
import io.rewarddance.driver.judges.StageSeconds;
import io.rewarddance.driver.model.ModelMismatchException;
import io.rewarddance.driver.prompt.PromptFile;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.rollout.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/**
 * Collects the preference files of a settings file. Sets that are done are not made again, and of
 * one that a killed job was drawing, the images that were on disk are kept; the files have the same
 * bytes either way.
 */
public final class PreferenceCollection {
  private static final String SERVED = ".serving";
  private static final String DRAWN = "drawn";

  private final PreferencesConfig config;
  private final JobListener listener;
  private final JobControl control;
  private final Map<String, List<Prompt>> prompts;

  private PreferenceCollection(PreferencesConfig config, JobListener listener, JobControl control)
      throws JobException {
    this.config = config;
    this.listener = listener;
    this.control = control;
    this.prompts = new TreeMap<>();
    for (PreferenceSetConfig set : config.sets()) {
      try {
        prompts.put(set.name(), PromptFile.read(set.prompts(), set.categories()));
      } catch (IOException e) {
        throw JobException.refused(e);
      }
    }
  }

  /**
   * Collects, or goes on with it; blocks until the end.
   *
   * @throws JobException when it can't be done, or was stopped; what is done stays
   */
  public static CollectionSummary run(
      SettingsFile<PreferencesConfig> file, JobListener listener, JobControl control)
      throws JobException {
    PreferencesConfig config = file.config();
    PreferenceCollection collection = new PreferenceCollection(config, listener, control);
    try (JobFolder folder =
        JobFolder.open(config.directory(), file, CollectionBooks.inputs(config))) {
      return collection.run(folder);
    } catch (ModelMismatchException e) {
      throw JobException.refused(e);
    } catch (IOException | StepFailedException | TritonException e) {
      throw JobException.failed(e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof TritonException failed) {
        throw JobException.failed(failed);
      }
      throw e;
    }
  }

  private CollectionSummary run(JobFolder folder) throws IOException, JobException {
    CollectionBooks books = new CollectionBooks(config, folder);
    Map<String, SetSummary> done = books.done();
    List<PreferenceSetConfig> missing =
        config.sets().stream().filter(set -> !done.containsKey(set.name())).toList();
    done.forEach((name, set) -> listener.said(line(name, set) + ", was there"));
    if (!missing.isEmpty()) {
      Prompt first = prompts.get(missing.get(0).name()).get(0);
      try (Studio studio = new Studio(config, first, folder.directory().resolve(SERVED))) {
        for (PreferenceSetConfig set : missing) {
          collect(set, studio, folder.directory(), books);
        }
      }
    }
    Trees.delete(folder.directory().resolve(DRAWN));
    return books.end();
  }

  private void collect(
      PreferenceSetConfig set, Studio studio, Path directory, CollectionBooks books)
      throws IOException, JobException {
    StageSeconds seconds = new StageSeconds();
    SetStage stage = new SetStage(set.name(), listener, control);
    SetCollecting collecting =
        new SetCollecting(config, set, prompts.get(set.name()), studio, stage, seconds);
    Path drawn = directory.resolve(DRAWN).resolve(set.name());
    SetSummary summary = collecting.collect(directory.resolve(set.name() + ".h5"), drawn);
    books.collected(set.name(), summary, seconds);
    Trees.delete(drawn);
    listener.said(line(set.name(), summary));
  }

  private static String line(String name, SetSummary set) {
    return Text.format(
        "%-16s %6d pairs, %6d images, %d too close, annotators agree with the truth in %s, %s",
        name,
        set.pairs(),
        set.images(),
        set.dropped(),
        Text.percent(set.agreement()),
        Text.digest(set.sha256()));
  }
}
