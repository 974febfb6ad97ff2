package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.config.PreferenceSetConfig;
import io.rewarddance.driver.plan.Seeds.Purpose;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.preference.Preference;
import io.rewarddance.rollout.preference.PreferenceSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Puts answers and images together: only images that some answer is about get into the file. */
final class SetAssembly {
  private final PreferenceSetConfig set;
  private final SetPlan plan;
  private final Map<Integer, ImageId> references;
  private final SetWords words;
  private final SortedMap<ImageId, Integer> rows = new TreeMap<>();

  /**
   * @param references of groups, where annotators saw one
   */
  SetAssembly(
      PreferenceSetConfig set, SetPlan plan, Map<Integer, ImageId> references, SetWords words) {
    this.set = set;
    this.plan = plan;
    this.references = references;
    this.words = words;
  }

  /**
   * @param images of all ids that occur
   * @param notes free text about the data
   */
  PreferenceSet assemble(
      List<Answer> answers, Function<ImageId, Image> images, SortedMap<String, String> notes) {
    collectRows(answers);
    Corruptor corruptor = new Corruptor(set.corruption());
    List<Image> pool = new ArrayList<>(rows.size());
    for (ImageId id : rows.keySet()) {
      long seed = plan.seeds().of(Purpose.CORRUPTION, id.group(), id.member());
      pool.add(corruptor.corrupt(images.apply(id), seed));
    }
    return new PreferenceSet(pool, answers.stream().map(this::preference).toList(), notes);
  }

  private void collectRows(List<Answer> answers) {
    for (Answer answer : answers) {
      rows.put(answer.pair().first(), 0);
      rows.put(answer.pair().second(), 0);
      if (shows()) {
        rows.put(references.get(answer.pair().group()), 0);
      }
    }
    int row = 0;
    for (Map.Entry<ImageId, Integer> entry : rows.entrySet()) {
      entry.setValue(row++);
    }
  }

  private boolean shows() {
    return set.reference().isPresent() && set.reference().get().shown();
  }

  private Preference preference(Answer answer) {
    PlannedGroup group = plan.groups().get(answer.pair().group());
    return new Preference(
        group.prompt().text(),
        rows.get(answer.pair().first()),
        rows.get(answer.pair().second()),
        answer.preferred(),
        answer.annotator(),
        set.reasons() ? words.reason(answer) : "",
        shows() ? rows.get(references.get(group.index())) : Preference.NO_REFERENCE,
        domain(group));
  }

  private String domain(PlannedGroup group) {
    String category = group.prompt().category();
    return switch (set.domain()) {
      case CATEGORY -> category;
      case SOURCE -> group.source();
      case BOTH -> category.isEmpty() ? group.source() : category + "/" + group.source();
      case SET -> set.name();
    };
  }
}
