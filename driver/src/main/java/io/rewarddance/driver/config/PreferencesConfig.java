package io.rewarddance.driver.config;

import io.rewarddance.rollout.SamplerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One collection of preference files, completely.
 *
 * @param name of the collection
 * @param seed everything random derives from it
 * @param output directory of all collections; this one is {@link #directory()}
 * @param threads CPU threads for embedded models; 0 = one for each core
 * @param triton where the models are served; its oracle is there
 * @param also further model directories that the embedded server serves
 * @param publishDirectory repository of servers that aren't embedded, for sources with weights
 * @param sources who draws, names distinct
 * @param annotators who answers, names distinct
 * @param style says how alike an image and a reference are; there when a set needs it
 * @param reasons says what is wrong with an image
 * @param sets the files to make, names distinct
 */
public record PreferencesConfig(
    String name,
    long seed,
    Path output,
    int threads,
    TritonConfig triton,
    List<Path> also,
    Optional<Path> publishDirectory,
    List<Source> sources,
    List<Annotator> annotators,
    Optional<Column> style,
    Column reasons,
    List<PreferenceSetConfig> sets) {
  public PreferencesConfig {
    Check.atLeast("threads", threads, 0);
    also = List.copyOf(also);
    sources = List.copyOf(sources);
    annotators = List.copyOf(annotators);
    sets = List.copyOf(sets);
    Check.atLeast("sources", sources.size(), 1);
    Check.atLeast("annotators", annotators.size(), 1);
    Check.atLeast("sets", sets.size(), 1);
    Check.that(triton.oracle().isPresent(), "triton.oracle", "absent", "a model");
  }

  /** Where this collection keeps everything: {@code output/name}. */
  public Path directory() {
    return output.resolve(name);
  }

  /** {@link #threads}, with 0 turned into the number of cores. */
  public int effectiveThreads() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /**
   * @throws IllegalArgumentException when there is none of that name
   */
  public Source source(String name) {
    return sources.stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("source: " + name));
  }

  /**
   * @throws IllegalArgumentException when there is none of that name
   */
  public Annotator annotator(String name) {
    return annotators.stream()
        .filter(annotator -> annotator.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("annotator: " + name));
  }

  /**
   * @param model Triton model that draws
   * @param weights file that is published first; the model's own without it
   */
  public record Source(
      String name, String model, Optional<Path> weights, SamplerSettings sampler) {}

  /**
   * @param noise standard deviation on each score
   * @param flip share of answers that are turned round
   */
  public record Annotator(String name, double noise, double flip) {
    public Annotator {
      Check.notNegative("annotators[].noise", noise);
      Check.within("annotators[].flip", flip, 0, 0.5);
    }
  }

  /** An output of a Triton model. */
  public record Column(String model, String output) {}
}
