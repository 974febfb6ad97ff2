package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.config.PreferenceSetConfig;
import io.rewarddance.driver.evaluate.Gold;
import io.rewarddance.driver.evaluate.Oracle;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.collect.TrueScores.Asked;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Prompt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Asks the models that annotators see with. */
final class Critics {
  private final PreferenceSetConfig set;
  private final SetPlan plan;
  private final Map<ImageId, Image> images;
  private final Studio studio;
  private final SetStage stage;

  Critics(
      PreferenceSetConfig set,
      SetPlan plan,
      Map<ImageId, Image> images,
      Studio studio,
      SetStage stage) {
    this.set = set;
    this.plan = plan;
    this.images = images;
    this.studio = studio;
    this.stage = stage;
  }

  /** The reference of each group: of its candidates the best graded, the first of equals. */
  Map<Integer, ImageId> references() throws JobException {
    List<Asked> candidates = new ArrayList<>();
    if (set.reference().isPresent()) {
      for (PlannedGroup group : plan.groups()) {
        for (int member = set.groupSize(); member < plan.imagesOfGroup(); member++) {
          candidates.add(new Asked(group.index(), new ImageId(group.index(), member)));
        }
      }
    }
    List<Double> grades = grades("references", candidates);
    Map<Integer, ImageId> best = new TreeMap<>();
    Map<Integer, Double> bestGrade = new HashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      int group = candidates.get(i).group();
      if (!best.containsKey(group) || grades.get(i) > bestGrade.get(group)) {
        best.put(group, candidates.get(i).image());
        bestGrade.put(group, grades.get(i));
      }
    }
    return best;
  }

  /**
   * @param references of groups, where annotators see one
   */
  TrueScores scores(List<PlannedPair> pairs, Map<Integer, ImageId> references) throws JobException {
    Set<Asked> distinct = new LinkedHashSet<>();
    for (PlannedPair pair : pairs) {
      distinct.add(new Asked(pair.group(), pair.first()));
      distinct.add(new Asked(pair.group(), pair.second()));
    }
    List<Asked> asked = List.copyOf(distinct);
    List<Double> grades = grades("judging", asked);
    List<Double> likeness = likeness(asked, references);
    Map<Asked, Double> scores = new HashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      scores.put(asked.get(i), score(grades.get(i), likeness, i));
    }
    return new TrueScores(scores);
  }

  private double score(double grade, List<Double> likeness, int index) {
    return set.reference()
        .map(r -> r.alignment() * grade + r.style() * likeness.get(index))
        .orElse(grade);
  }

  private List<Double> grades(String name, List<Asked> asked) throws JobException {
    List<Oracle.Exhibit> exhibits =
        asked.stream().map(a -> new Oracle.Exhibit(prompt(a), images.get(a.image()))).toList();
    List<Gold> gold = stage.ask(name, exhibits, (id, slice) -> studio.oracle().measure(id, slice));
    return gold.stream().map(Gold::graded).toList();
  }

  private List<Double> likeness(List<Asked> asked, Map<Integer, ImageId> references)
      throws JobException {
    if (set.reference().isEmpty()) {
      return List.of();
    }
    List<ColumnModel.Exhibit> exhibits =
        asked.stream()
            .map(a -> exhibit(a, Optional.of(images.get(references.get(a.group())))))
            .toList();
    return stage.ask("comparing", exhibits, (id, slice) -> studio.likeness().numbers(id, slice));
  }

  /** Words about the images that answers reject. */
  SetWords words(List<Answer> answers) throws JobException {
    if (!set.reasons()) {
      return SetWords.NONE;
    }
    Set<Asked> distinct = new LinkedHashSet<>();
    answers.forEach(answer -> distinct.add(new Asked(answer.pair().group(), answer.rejected())));
    List<Asked> asked = List.copyOf(distinct);
    List<ColumnModel.Exhibit> exhibits =
        asked.stream().map(a -> exhibit(a, Optional.empty())).toList();
    List<String> texts =
        stage.ask("reasons", exhibits, (id, slice) -> studio.critic().texts(id, slice));
    Map<Asked, String> words = new HashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      words.put(asked.get(i), texts.get(i).strip());
    }
    return new SetWords(words);
  }

  private ColumnModel.Exhibit exhibit(Asked asked, Optional<Image> reference) {
    return new ColumnModel.Exhibit(prompt(asked), images.get(asked.image()), reference);
  }

  private Prompt prompt(Asked asked) {
    return plan.groups().get(asked.group()).prompt();
  }
}
