package io.rewarddance.driver.judges.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rewarddance.driver.judges.JobControl;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.JobListener;
import io.rewarddance.rollout.preference.Preference;
import io.rewarddance.rollout.preference.PreferenceReader;
import io.rewarddance.rollout.preference.PreferenceSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded server, with the shipped generator and oracle. */
final class PreferenceCollectionTest {
  @TempDir Path output;

  @Test
  void theSameSeedGivesTheSameBytesOnAnyNumberOfThreads() throws Exception {
    CollectionSummary first = TinyCollection.run(output, "first");
    CollectionSummary second =
        TinyCollection.run(
            output,
            "second",
            "name=first",
            "threads=2",
            "output='" + output.resolve("elsewhere") + "'");
    CollectionSummary other = TinyCollection.run(output, "other", "seed=8");
    assertThat(first.sets().keySet()).containsExactly("harder", "train");
    for (String set : first.sets().keySet()) {
      String digest = first.sets().get(set).sha256();
      assertThat(second.sets().get(set).sha256()).isEqualTo(digest);
      assertThat(other.sets().get(set).sha256()).isNotEqualTo(digest);
    }
    train(first.sets().get("train"));
    PreferenceSet harder = read(first.sets().get("harder"));
    assertThat(harder.pairs())
        .allMatch(p -> p.annotator().equals("exact") && p.domain().endsWith("/noisy"));
    assertThat(first.sets().get("harder").agreement()).isEqualTo(1);
    assertThat(output.resolve("first/summary.json")).content().contains("\"agreement\" : 1.0");
    assertThat(output.resolve("first")).isDirectoryNotContaining("glob:**/drawn");
    assertThat(output.resolve("first")).isDirectoryNotContaining("glob:**/.serving");
  }

  private static void train(SetSummary summary) throws Exception {
    PreferenceSet set = read(summary);
    assertThat(set.size()).isEqualTo(summary.pairs()).isEqualTo(2 * (24 - summary.dropped()));
    assertThat(set.images()).hasSize(summary.images()).doesNotHaveDuplicates();
    assertThat(set.pairs()).extracting(Preference::annotator).contains("careful", "hurried");
    assertThat(summary.domains().values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(set.size());
    assertThat(set.notes()).containsEntry("set", "train").containsKey("source-shipped");
  }

  private static PreferenceSet read(SetSummary summary) throws Exception {
    return PreferenceReader.read(summary.file(), summary.sha256()).set();
  }

  @Test
  void aCollectionThatWasStoppedGoesOnAndEndsWithTheSameBytes() throws Exception {
    CollectionSummary whole = TinyCollection.run(output, "whole");
    JobControl control = new JobControl();
    List<String> said = new ArrayList<>();
    JobListener stopper =
        new JobListener() {
          @Override
          public void progress(String stage, long done, long total) {
            if (stage.equals("harder: judging")) {
              control.stop();
            }
          }
        };
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                PreferenceCollection.run(
                    TinyCollection.load(output.resolve("b"), "whole"), stopper, control))
        .matches(JobException::stopped);
    assertThat(output.resolve("b/whole/train.h5")).exists();
    assertThat(output.resolve("b/whole/harder.h5")).doesNotExist();
    assertThat(output.resolve("b/whole/drawn/harder/images-0.bin")).exists();
    CollectionSummary resumed =
        PreferenceCollection.run(
            TinyCollection.load(output.resolve("b"), "whole"),
            new JobListener() {
              @Override
              public void said(String line) {
                said.add(line);
              }
            },
            new JobControl());
    assertThat(said.get(0)).startsWith("train").endsWith("was there");
    whole
        .sets()
        .forEach((n, set) -> assertThat(resumed.sets().get(n).sha256()).isEqualTo(set.sha256()));
  }

  @Test
  void otherSettingsOrAnotherSetOfInputsAreRefusedAndADamagedFileIsMadeAgain() throws Exception {
    CollectionSummary first = TinyCollection.run(output, "c");
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> TinyCollection.run(output, "c", "seed=9"))
        .withMessageContaining("begun with other settings: 'seed: 7', now 'seed: 9'")
        .matches(e -> e.kind() == JobException.Cause.REFUSED);
    Path file = first.sets().get("train").file();
    Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
    CollectionSummary again = TinyCollection.run(output, "c");
    assertThat(again.sets().get("train").sha256()).isEqualTo(first.sets().get("train").sha256());
    assertThat(PreferenceReader.read(file).sha256()).isEqualTo(again.sets().get("train").sha256());
  }

  @Test
  void aSourceWithWeightsDrawsAsTheModelThatTheyBelongTo() throws Exception {
    String one =
        "sets=[{name: s, prompts: triton-models/prompts/shapes-train.jsonl, groups: 2, group_size: 3,"
            + " sources: [shipped], annotators: [exact]}]";
    CollectionSummary own = TinyCollection.run(output, "own", one);
    CollectionSummary published =
        TinyCollection.run(
            output,
            "published",
            one,
            "sources[0].weights=triton-models/repository/shapes_generator/1/weights.safetensors");
    assertThat(read(published.sets().get("s")).images())
        .isEqualTo(read(own.sets().get("s")).images());
    assertThat(read(published.sets().get("s")).notes().get("source-shipped"))
        .startsWith("shapes_generator-published-shipped ");
  }

  @Test
  void aSetWhosePairsAreAllTooCloseIsRefused() {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> TinyCollection.run(output, "d", "sets[0].ties=5"))
        .withMessageContaining("set 'train': of 24 pairs none differs enough");
  }

  @Test
  void annotatorsWhoSeeAReferencePreferWhatIsLikeItAndAControlHidesIt() throws Exception {
    String set =
        "{name: %s, prompts: triton-models/prompts/shapes-train.jsonl, groups: 6, group_size: 3,"
            + " sources: [shipped], annotators: [exact],"
            + " reference: {candidates: 2, alignment: 0.5, style: 2, shown: %s}}";
    CollectionSummary summary =
        TinyCollection.run(
            output,
            "beside",
            "style={model: shapes_style}",
            "sets=[%s, %s]"
                .formatted(set.formatted("shown", true), set.formatted("hidden", false)));
    PreferenceSet shown = read(summary.sets().get("shown"));
    assertThat(shown.pairs())
        .allSatisfy(
            pair -> assertThat(pair.seenBeside().getAsInt()).isNotIn(pair.first(), pair.second()));
    PreferenceSet hidden = read(summary.sets().get("hidden"));
    assertThat(hidden.pairs()).allMatch(pair -> pair.seenBeside().isEmpty());
    // Only images of pairs are in the pool of the control: its references can't be found there.
    assertThat(hidden.images().size()).isLessThanOrEqualTo(6 * 3);
    assertThat(shown.images().size()).isGreaterThan(6 * 2);
  }

  @Test
  void reasonsSayWhatIsWrongWithTheImageThatIsRejected() throws Exception {
    CollectionSummary summary =
        TinyCollection.run(
            output,
            "why",
            "sets=[{name: s, prompts: triton-models/prompts/shapes-train.jsonl, groups: 8,"
                + " group_size: 3, sources: [shipped], annotators: [exact], reasons: true}]");
    PreferenceSet set = read(summary.sets().get("s"));
    assertThat(set.pairs())
        .extracting(Preference::reason)
        .allMatch(reason -> reason.matches("|(missing|wrong|extra)( [a-z]+){1,2}"))
        .anyMatch(reason -> !reason.isEmpty());
  }
}
