package io.rewarddance.driver.judges.train;

import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.judge.Question;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.model.Inference;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.YesProbability;
import io.rewarddance.rollout.preference.Choice;
import io.rewarddance.rollout.preference.Preference;
import io.rewarddance.rollout.preference.PreferenceFile;
import io.rewarddance.rollout.preference.PreferenceSet;
import io.rewarddance.rollout.preference.PreferenceWriter;
import io.rewarddance.rollout.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Proves that a served judge answers as the backend says that it was trained. The backend measures
 * a few pairs in domains of their own, so that each domain's log loss is the answer to one pair;
 * the served judge is asked the same questions.
 */
final class Proof {
  /** What the backend calls these pairs. */
  static final String NAME = "proof";

  private static final String PAIRWISE = "pairwise-generative";

  /** References are the pairs' own; a judge of a run would look for some. */
  private static final JudgeConfig.Reference NO_SEARCH =
      new JudgeConfig.Reference(
          JudgeConfig.Reference.Kind.RANDOM,
          1,
          1,
          OptionalInt.empty(),
          JudgeConfig.Reference.Refresh.NEVER);

  private final JudgeTrainingConfig config;
  private final PreferenceSet pairs;

  private Proof(JudgeTrainingConfig config, PreferenceSet pairs) {
    this.config = config;
    this.pairs = pairs;
  }

  /** The first pairs of a set. */
  static Proof of(JudgeTrainingConfig config, PreferenceSet set) {
    SortedMap<Integer, Integer> rows = new TreeMap<>();
    List<Preference> first = set.pairs().subList(0, Math.min(config.prove().pairs(), set.size()));
    for (Preference pair : first) {
      rows.put(pair.first(), 0);
      rows.put(pair.second(), 0);
      pair.seenBeside().ifPresent(row -> rows.put(row, 0));
    }
    List<Image> images = new ArrayList<>();
    for (int row : rows.keySet()) {
      rows.put(row, images.size());
      images.add(set.images().get(row));
    }
    List<Preference> pairs = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      Preference pair = first.get(i);
      pairs.add(
          new Preference(
              pair.prompt(),
              rows.get(pair.first()),
              rows.get(pair.second()),
              pair.preferred(),
              pair.annotator(),
              "",
              pair.seenBeside().isPresent() ? rows.get(pair.reference()) : Preference.NO_REFERENCE,
              domain(i)));
    }
    return new Proof(config, new PreferenceSet(images, pairs));
  }

  private static String domain(int index) {
    return String.format(Locale.ROOT, "pair-%05d", index);
  }

  /** Writes the pairs for the backend. */
  PreferenceFile write(Path file) throws JobException {
    try {
      return PreferenceWriter.write(file, pairs);
    } catch (StoreException e) {
      throw JobException.failed(e);
    }
  }

  int size() {
    return pairs.size();
  }

  /** What an update measured, without the pairs of the proof. */
  static List<JudgeUpdateResult.Validation> without(JudgeUpdateResult result) {
    return result.validation().stream().filter(set -> !set.name().equals(NAME)).toList();
  }

  /** The trained judge's probability of the preferred image, by pair. */
  double[] trained(JudgeUpdateResult result) {
    SortedMap<String, JudgeUpdateResult.Score> domains =
        result.validation().stream()
            .filter(set -> set.name().equals(NAME))
            .findFirst()
            .orElseThrow()
            .domains();
    double[] given = new double[pairs.size()];
    for (int i = 0; i < given.length; i++) {
      given[i] = Math.exp(-domains.get(domain(i)).logLoss());
    }
    return given;
  }

  /** The served judge's. */
  double[] served(ServedModel model, Inference inference) throws JobException {
    boolean pairwise = config.update().recipe().equals(PAIRWISE);
    Judge judge = new Judge(asked(model.name(), pairwise), model, inference);
    List<Question> questions =
        pairs.pairs().stream().flatMap(pair -> questions(pair, pairwise).stream()).toList();
    List<Outcome<YesProbability>> outcomes = judge.ask("proof", questions).join();
    double[] given = new double[pairs.size()];
    int next = 0;
    for (int i = 0; i < given.length; i++) {
      Preference pair = pairs.pairs().get(i);
      int count = questions(pair, pairwise).size();
      double second = secondBetter(pair, pairwise, answers(outcomes.subList(next, next + count)));
      given[i] = pair.preferred() == Choice.SECOND ? second : 1 - second;
      next += count;
    }
    return given;
  }

  private static List<YesProbability> answers(List<Outcome<YesProbability>> outcomes)
      throws JobException {
    List<YesProbability> answers = new ArrayList<>();
    for (Outcome<YesProbability> outcome : outcomes) {
      if (outcome.isFailed()) {
        throw JobException.failed(
            "proof: the published judge doesn't answer: " + outcome.failure().orElseThrow());
      }
      answers.add(outcome.value().orElseThrow());
    }
    return answers;
  }

  private static JudgeConfig asked(String model, boolean pairwise) {
    return new JudgeConfig(
        model,
        model,
        1,
        pairwise ? JudgeConfig.Question.PAIRWISE : JudgeConfig.Question.POINTWISE,
        "",
        false,
        0,
        pairwise ? Optional.of(NO_SEARCH) : Optional.empty(),
        JudgeConfig.Transform.PROBABILITY);
  }

  private List<Question> questions(Preference pair, boolean pairwise) {
    Prompt prompt = new Prompt(0, pair.prompt(), "");
    Image first = pairs.images().get(pair.first());
    Image second = pairs.images().get(pair.second());
    if (!pairwise || pair.seenBeside().isPresent()) {
      Optional<Pixels> beside =
          pairwise
              ? Optional.of(pairs.images().get(pair.seenBeside().getAsInt()))
              : Optional.empty();
      return List.of(new Question(prompt, first, beside), new Question(prompt, second, beside));
    }
    Question forward = new Question(prompt, second, Optional.of(first));
    return config.update().orderSwap()
        ? List.of(forward, new Question(prompt, first, Optional.of(second)))
        : List.of(forward);
  }

  /** As the backend's validation puts answers together. */
  private double secondBetter(Preference pair, boolean pairwise, List<YesProbability> answers) {
    if (pairwise && pair.seenBeside().isEmpty()) {
      double forward = answers.get(0).probability();
      return answers.size() == 1 ? forward : (forward + 1 - answers.get(1).probability()) / 2;
    }
    boolean onProbability =
        config.update().recipe().equals("pointwise-generative")
            && config.update().bradleyTerryOn().equals("probability");
    double lead =
        onProbability
            ? answers.get(1).probability() - answers.get(0).probability()
            : answers.get(1).logOdds() - answers.get(0).logOdds();
    return 1 / (1 + Math.exp(-lead));
  }

  /**
   * @return the largest difference
   * @throws JobException when it is beyond the tolerance
   */
  double compare(double[] trained, double[] served) throws JobException {
    double largest = 0;
    for (int i = 0; i < trained.length; i++) {
      double difference = Math.abs(trained[i] - served[i]);
      if (!(difference <= config.prove().tolerance())) {
        throw JobException.failed(
            "proof: pair %d of '%s': P(preferred) %s as served, %s as trained (expected: within %s)"
                .formatted(
                    i, config.keep().set(), served[i], trained[i], config.prove().tolerance()));
      }
      largest = Math.max(largest, difference);
    }
    return largest;
  }
}
