package io.rewarddance.driver.config;

import io.rewarddance.proto.training.JudgeUpdateSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * The training of one judge, completely.
 *
 * @param judge its name
 * @param seed of every random choice
 * @param output directory of all judges' training; this one's is {@link #directory()}
 * @param threads CPU threads for embedded training and models; 0 = one for each core
 * @param base model directory that training starts from
 * @param preferences file to train on
 * @param validation files to measure on, names distinct
 * @param updates most updates
 * @param backend how the training backend is reached
 * @param update settings of each update
 * @param keep which update is kept
 * @param publish where it goes
 * @param prove how it is proven
 * @param triton where it is proven
 */
public record JudgeTrainingConfig(
    String judge,
    long seed,
    Path output,
    int threads,
    Path base,
    Path preferences,
    List<Validation> validation,
    int updates,
    BackendConfig backend,
    JudgeUpdateSettings update,
    Keep keep,
    Publish publish,
    Prove prove,
    TritonConfig triton) {
  public JudgeTrainingConfig {
    validation = List.copyOf(validation);
    Check.atLeast("threads", threads, 0);
    Check.atLeast("updates", updates, 1);
    Check.atLeast("validation", validation.size(), 1);
  }

  /** Where this training keeps everything: {@code output/judge}. */
  public Path directory() {
    return output.resolve(judge);
  }

  /** {@link #threads}, with 0 turned into the number of cores. */
  public int effectiveThreads() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** The validation set that decides which update is kept. */
  public Validation deciding() {
    return validation.stream()
        .filter(set -> set.name().equals(keep.set()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("keep.set: " + keep.set()));
  }

  /** A preference file to measure on. */
  public record Validation(String name, Path file) {}

  /** What is better. */
  public enum Measure {
    ACCURACY,
    LOG_LOSS
  }

  /**
   * @param set name of the validation set that decides
   * @param patience updates without a better one after which training ends; 0 = never early
   */
  public record Keep(String set, Measure measure, int patience) {}

  /**
   * @param repository that gets the model
   * @param model its name there
   * @param replace whether another model of that name may be replaced
   */
  public record Publish(Path repository, String model, boolean replace) {}

  /**
   * @param pairs asked
   * @param tolerance largest difference of a probability
   */
  public record Prove(int pairs, double tolerance) {}
}
