package io.rewarddance.driver.engine;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.ConfigLoader;
import io.rewarddance.driver.config.Experiment;
import io.rewarddance.driver.journal.JournalLine;
import io.rewarddance.driver.journal.JournalReader;
import io.rewarddance.driver.journal.Kind;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.Run;
import io.rewarddance.driver.loop.RunException;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of the quickstart's models that is over in seconds: three iterations of two groups of
 * three.
 *
 * @param output directory of all runs
 * @param name of this one
 * @param experiment file name in {@code experiments/}
 * @param sets further settings
 */
record TinyRun(Path output, String name, String experiment, List<String> sets) {
  static final Path ROOT = Path.of(System.getProperty("rewarddance.root", ".."));

  private static final List<String> SMALL =
      List.of(
          "threads=1",
          "rollouts.iterations=3",
          "rollouts.groups=2",
          "rollouts.group_size=3",
          "rollouts.steps=3",
          "training.minibatch=6",
          "training.passes=1",
          "evaluate.held_out_images=6",
          "evaluate.every=2",
          "evaluate.probe_images=4",
          "evaluate.grid=2");

  static TinyRun quickstart(Path output, String name, String... sets) {
    return new TinyRun(output, name, "quickstart.yaml", List.of(sets));
  }

  static TinyRun of(Path output, String name, String experiment, String... sets) {
    return new TinyRun(output, name, experiment, List.of(sets));
  }

  TinyRun with(String... more) {
    List<String> all = new ArrayList<>(sets);
    all.addAll(List.of(more));
    return new TinyRun(output, name, experiment, all);
  }

  Path directory() {
    return output.resolve(name);
  }

  /** All overrides of the experiment file. */
  List<String> settings() {
    List<String> all = new ArrayList<>(SMALL);
    all.addAll(sets);
    all.add("run='" + name + "'");
    all.add("output='" + output + "'");
    return all;
  }

  Experiment load() {
    try {
      return new ConfigLoader().load(ROOT.resolve("experiments").resolve(experiment), settings());
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }

  Run create() throws RunException {
    Experiment loaded = load();
    return new LoopEngine().create(loaded.config(), loaded.yaml());
  }

  /** As {@code rewarddance resume}: by what the directory holds, with settings changed by hand. */
  Run resume(String... changed) throws RunException {
    List<String> all = new ArrayList<>(List.of("output='" + output + "'"));
    all.addAll(List.of(changed));
    try {
      return new LoopEngine()
          .resume(new ConfigLoader().load(directory().resolve("config.yaml"), all).config());
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }

  RunSummary start() throws RunException {
    return create().execute(new RunListener() {});
  }

  /** A sitting that ends when iteration {@code last} has. */
  RunSummary stopAfter(int last) throws RunException {
    Run run = create();
    return run.execute(
        new RunListener() {
          @Override
          public void iterationFinished(IterationRecord record) {
            if (record.iteration() == last) {
              run.control().stop("enough");
            }
          }
        });
  }

  /** Puts the journal back to where its last line of that kind ends, as a kill leaves it. */
  void cutAfter(Kind kind) throws IOException {
    List<JournalLine> lines = journal();
    int last = lines.size() - 1;
    while (lines.get(last).kind() != kind) {
      last--;
    }
    StringBuilder kept = new StringBuilder();
    lines.subList(0, last + 1).forEach(line -> kept.append(line.text()).append('\n'));
    Files.writeString(directory().resolve("journal.jsonl"), kept);
  }

  RunSummary goOn(String... changed) throws RunException {
    return resume(changed).execute(new RunListener() {});
  }

  List<JournalLine> journal() throws IOException {
    return JournalReader.read(directory().resolve("journal.jsonl")).lines();
  }

  /** The digest of everything that the run computed. */
  String digest() throws IOException {
    List<JournalLine> lines = journal();
    return lines.get(lines.size() - 1).digest();
  }
}
