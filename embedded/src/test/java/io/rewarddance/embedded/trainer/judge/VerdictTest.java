package io.rewarddance.embedded.trainer.judge;

import static io.rewarddance.embedded.trainer.judge.TinyJudge.NO;
import static io.rewarddance.embedded.trainer.judge.TinyJudge.WORDS;
import static io.rewarddance.embedded.trainer.judge.TinyJudge.YES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.rewarddance.embedded.trainer.tensor.NativeTorch;
import io.rewarddance.embedded.trainer.tensor.Scopes;
import io.rewarddance.proto.training.JudgeUpdateResult.Bin;
import io.rewarddance.proto.training.JudgeUpdateResult.Score;
import org.junit.jupiter.api.Test;

/** What a judge says of pairs that it isn't trained on, and how that is counted. */
class VerdictTest {
  private static final long[] SILENT = {};
  private static final double[] WEIGHTS = TinyJudge.weights(4);
  private static final Pairs PAIRS = TinyPairs.of(6, SILENT, SILENT, SILENT, SILENT);

  @Test
  void pairwiseInBothOrdersIsTheMeanOfWhatBothSayOfTheSecond() {
    Verdict both = new PairwiseVerdict(Reading.atOnce(TinyJudge.network()), WORDS, true);
    Verdict one = new PairwiseVerdict(Reading.atOnce(TinyJudge.network()), WORDS, false);
    double[] means = ask(both);
    double[] forward = ask(one);
    for (int p = 0; p < PAIRS.size(); p++) {
      assertThat(forward[p]).isCloseTo(yes(p, false), offset(1e-12));
      assertThat(means[p]).isCloseTo((yes(p, false) + 1 - yes(p, true)) / 2, offset(1e-12));
    }
  }

  @Test
  void pointwiseIsTheSigmoidOfTheSecondsLead() {
    double[] answers =
        ask(
            new BradleyTerryVerdict(
                Reading.atOnce(TinyJudge.regressive()), WORDS, false, Side.ALONE));
    for (int p = 0; p < PAIRS.size(); p++) {
      double lead =
          TinyJudge.score(PAIRS.image(PAIRS.pair(p).second()), TinyPairs.TOKEN, WEIGHTS)
              - TinyJudge.score(PAIRS.image(PAIRS.pair(p).first()), TinyPairs.TOKEN, WEIGHTS);
      assertThat(answers[p]).isCloseTo(1 / (1 + Math.exp(-lead)), offset(1e-12));
    }
  }

  @Test
  void pairsJudgedBesideAReferenceAreAnsweredByWhichImageLeadsIt() {
    Reading reading = Reading.atOnce(TinyJudge.network());
    Pairs seen = TinyPairs.beside(PAIRS, -1, 0, -1, 2);
    Verdict eachOther = new PairwiseVerdict(reading, WORDS, true);
    Verdict verdict =
        new ComparingVerdict(
            new BradleyTerryVerdict(reading, WORDS, false, Side.BESIDE_REFERENCE), eachOther);
    NativeTorch.load();
    int[] all = {0, 1, 2, 3};
    double[] answers =
        Scopes.scoped(() -> verdict.secondBetter(seen, all, TinyJudge.tensors(WEIGHTS)));
    double[] without = ask(eachOther);
    assertThat(answers[0]).isEqualTo(without[0]);
    assertThat(answers[2]).isEqualTo(without[2]);
    for (int p : new int[] {1, 3}) {
      double lead =
          oddsBeside(seen, p, seen.pair(p).second()) - oddsBeside(seen, p, seen.pair(p).first());
      assertThat(answers[p]).isCloseTo(1 / (1 + Math.exp(-lead)), offset(1e-12));
    }
  }

  private static double oddsBeside(Pairs seen, int p, int image) {
    byte[] reference = seen.image(seen.pair(p).reference());
    double[] answer = TinyJudge.logProbs(reference, seen.image(image), TinyPairs.TOKEN, WEIGHTS);
    return answer[TinyJudge.YES] - answer[TinyJudge.NO];
  }

  /** Greedy words until the most likely one is a decision, at the latest after T words. */
  @Test
  void aJudgeThatReasonsFirstSaysItsOwnWordsBeforeItDecides() {
    Reading free = new FreeReading(TinyJudge.talking(), WORDS, TinyJudge.ANSWER_TOKENS);
    int talked = 0;
    for (int seed = 0; seed < 6; seed++) {
      double[] weights = TinyJudge.weights(seed);
      double[] answers = ask(new PairwiseVerdict(free, WORDS, false), weights);
      for (int p = 0; p < PAIRS.size(); p++) {
        byte[] first = PAIRS.image(PAIRS.pair(p).first());
        byte[] second = PAIRS.image(PAIRS.pair(p).second());
        long[] said = {};
        double[] next = TinyJudge.logProbs(first, second, TinyPairs.TOKEN, weights);
        while (said.length < TinyJudge.ANSWER_TOKENS && !WORDS.decides(mostLikely(next))) {
          said = java.util.Arrays.copyOf(said, said.length + 1);
          said[said.length - 1] = mostLikely(next);
          next = TinyJudge.logProbs(first, second, TinyPairs.TOKEN, weights, said);
        }
        talked += said.length;
        double expected = 1 / (1 + Math.exp(next[NO] - next[YES]));
        assertThat(answers[p]).isCloseTo(expected, offset(1e-12));
      }
    }
    assertThat(talked).as("words said before decisions").isPositive();
  }

  @Test
  void scoresCountRightTiedAndCalibratedAnswersByDomain() {
    Scores scores = new Scores();
    scores.add("a", 0.9, true);
    scores.add("a", 0.2, true);
    scores.add("a", 0.25, false);
    scores.add("a", 0.5, false);
    scores.add("", 1, true);
    Score a = scores.byDomain().get("a");
    assertThat(new int[] {a.right(), a.ties(), a.total()}).containsExactly(2, 1, 4);
    double expected = -(Math.log(0.9) + Math.log(0.2) + Math.log(0.75) + Math.log(0.5)) / 4;
    assertThat(a.logLoss()).isCloseTo(expected, offset(1e-12));
    assertThat(a.calibration()).hasSize(10);
    assertThat(a.calibration().get(2)).isEqualTo(new Bin(2, 0.225, 1));
    assertThat(a.calibration().get(5)).isEqualTo(new Bin(1, 0.5, 0));
    assertThat(a.calibration().get(9)).isEqualTo(new Bin(1, 0.9, 1));
    assertThat(a.calibration().get(0)).isEqualTo(new Bin(0, 0, 0));
    assertThat(scores.byDomain().get("").calibration().get(9)).isEqualTo(new Bin(1, 1, 1));
  }

  @Test
  void aCertainAnswerThatIsWrongHasAFiniteLogLoss() {
    Scores scores = new Scores();
    scores.add("", 0, true);
    assertThat(scores.byDomain().get("").logLoss()).isBetween(700.0, 710.0);
  }

  private static double yes(int p, boolean swapped) {
    byte[] first = PAIRS.image(PAIRS.pair(p).first());
    byte[] second = PAIRS.image(PAIRS.pair(p).second());
    double[] answer =
        TinyJudge.logProbs(
            swapped ? second : first, swapped ? first : second, TinyPairs.TOKEN, WEIGHTS);
    return 1 / (1 + Math.exp(answer[NO] - answer[YES]));
  }

  private static int mostLikely(double[] logProbs) {
    int best = 0;
    for (int v = 1; v < logProbs.length; v++) {
      best = logProbs[v] > logProbs[best] ? v : best;
    }
    return best;
  }

  private static double[] ask(Verdict verdict) {
    return ask(verdict, WEIGHTS);
  }

  private static double[] ask(Verdict verdict, double[] weights) {
    NativeTorch.load();
    return Scopes.scoped(
        () -> verdict.secondBetter(PAIRS, TinyPairs.samples(PAIRS), TinyJudge.tensors(weights)));
  }
}
