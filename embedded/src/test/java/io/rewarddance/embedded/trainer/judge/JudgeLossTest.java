package io.rewarddance.embedded.trainer.judge;

import static io.rewarddance.embedded.trainer.judge.TinyJudge.COLOUR;
import static io.rewarddance.embedded.trainer.judge.TinyJudge.END;
import static io.rewarddance.embedded.trainer.judge.TinyJudge.NO;
import static io.rewarddance.embedded.trainer.judge.TinyJudge.SHAPE;
import static io.rewarddance.embedded.trainer.judge.TinyJudge.WORDS;
import static io.rewarddance.embedded.trainer.judge.TinyJudge.YES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.rewarddance.embedded.trainer.judge.JudgeGradients.Evaluated;
import io.rewarddance.embedded.trainer.tensor.NativeTorch;
import io.rewarddance.embedded.trainer.tensor.Scopes;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import io.rewarddance.rollout.preference.Preference;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** Each recipe's loss and gradient, against the same written by hand. */
class JudgeLossTest {
  private static final long[] SILENT = {};
  private static final double[] WEIGHTS = TinyJudge.weights(1);
  private static final Pairs PAIRS = TinyPairs.of(2, SILENT, SILENT, SILENT, SILENT, SILENT);

  @Test
  void pairwiseInBothOrdersIsTheMeanCrossEntropyOfBothAnswers() {
    JudgeLoss loss = new PairwiseLoss(Reading.atOnce(TinyJudge.network()), WORDS, true, 1);
    Evaluated evaluated = JudgeGradients.evaluate(loss, PAIRS, WEIGHTS);
    JudgeGradients.assertSame(
        evaluated,
        WEIGHTS,
        weights -> mean(p -> (compared(p, false, weights) + compared(p, true, weights)) / 2));
    assertThat(evaluated.measures().asked()).isEqualTo(10);
    assertThat(evaluated.measures().meanLoss()).isCloseTo(evaluated.value(), offset(1e-12));
    assertThat(evaluated.measures().meanCrossEntropy()).isCloseTo(evaluated.value(), offset(1e-12));
  }

  @Test
  void pairwiseInOneOrderAsksInTheOneThatTheCoinSays() {
    JudgeLoss loss = new PairwiseLoss(Reading.atOnce(TinyJudge.network()), WORDS, false, 1);
    Evaluated evaluated = JudgeGradients.evaluate(loss, PAIRS, WEIGHTS);
    JudgeMinibatch minibatch = TinyPairs.minibatch(PAIRS);
    JudgeGradients.assertSame(
        evaluated, WEIGHTS, weights -> mean(p -> compared(p, minibatch.coin(p), weights)));
    assertThat(evaluated.measures().asked()).isEqualTo(5);
  }

  @Test
  void pointwiseOnLogOddsIsBradleyTerryAndTheWeightedCrossEntropy() {
    JudgeLoss loss = bradleyTerry(Reading.atOnce(TinyJudge.network()), false, 0.3);
    Evaluated evaluated = JudgeGradients.evaluate(loss, PAIRS, WEIGHTS);
    JudgeGradients.assertSame(
        evaluated,
        WEIGHTS,
        weights ->
            mean(
                p -> {
                  double[] better = single(PAIRS.pair(p).better(), weights);
                  double[] worse = single(PAIRS.pair(p).worse(), weights);
                  double lead = better[YES] - better[NO] - (worse[YES] - worse[NO]);
                  double crossEntropy = -(better[YES] + worse[NO]) / 2;
                  return Math.log1p(Math.exp(-lead)) + 0.3 * crossEntropy;
                }));
    assertThat(evaluated.measures().decisions()).isEqualTo(10);
  }

  @Test
  void pointwiseOnProbabilityComparesTheShareOfYes() {
    JudgeLoss loss = bradleyTerry(Reading.atOnce(TinyJudge.network()), true, 0);
    Evaluated evaluated = JudgeGradients.evaluate(loss, PAIRS, WEIGHTS);
    JudgeGradients.assertSame(
        evaluated,
        WEIGHTS,
        weights ->
            mean(
                p -> {
                  double lead =
                      share(single(PAIRS.pair(p).better(), weights))
                          - share(single(PAIRS.pair(p).worse(), weights));
                  return Math.log1p(Math.exp(-lead));
                }));
    assertThat(evaluated.measures().meanCrossEntropy()).isZero();
  }

  @Test
  void regressiveIsBradleyTerryOnTheScore() {
    JudgeLoss loss = bradleyTerry(Reading.atOnce(TinyJudge.regressive()), false, 0);
    JudgeGradients.assertSame(
        JudgeGradients.evaluate(loss, PAIRS, WEIGHTS),
        WEIGHTS,
        weights ->
            mean(
                p -> {
                  Preference pair = PAIRS.pair(p);
                  double lead =
                      TinyJudge.score(PAIRS.image(pair.better()), TinyPairs.TOKEN, weights)
                          - TinyJudge.score(PAIRS.image(pair.worse()), TinyPairs.TOKEN, weights);
                  return Math.log1p(Math.exp(-lead));
                }));
  }

  /** The first and the third pair, beside images of other pairs. */
  private static final Pairs SEEN = TinyPairs.beside(PAIRS, 7, -1, 1, -1, -1);

  @Test
  void pairsJudgedBesideAReferenceAreAskedAgainstItAndTheOthersAgainstEachOther() {
    Evaluated evaluated = JudgeGradients.evaluate(comparing(0.3), SEEN, WEIGHTS);
    JudgeGradients.assertSame(
        evaluated,
        WEIGHTS,
        weights ->
            mean(
                p ->
                    SEEN.seen(p)
                        ? besideReference(p, weights)
                        : (compared(p, false, weights) + compared(p, true, weights)) / 2));
    assertThat(evaluated.measures().pairs()).isEqualTo(5);
    assertThat(evaluated.measures().asked()).as("two leads, six answers").isEqualTo(8);
    assertThat(evaluated.measures().decisions()).isEqualTo(10);
    assertThat(evaluated.measures().meanLoss()).isCloseTo(evaluated.value(), offset(1e-12));
  }

  @Test
  void aReferenceChangesWhatIsLearned() {
    double beside = JudgeGradients.evaluate(comparing(0), SEEN, WEIGHTS).value();
    Pairs others = TinyPairs.beside(PAIRS, 6, -1, 0, -1, -1);
    assertThat(JudgeGradients.evaluate(comparing(0), others, WEIGHTS).value()).isNotEqualTo(beside);
    JudgeLoss pointwise = bradleyTerry(Reading.atOnce(TinyJudge.network()), false, 0);
    assertThat(JudgeGradients.evaluate(pointwise, SEEN, WEIGHTS).value())
        .as("a pointwise judge sees no reference")
        .isEqualTo(JudgeGradients.evaluate(pointwise, PAIRS, WEIGHTS).value());
  }

  private static JudgeLoss comparing(double crossEntropyWeight) {
    Reading reading = Reading.atOnce(TinyJudge.network());
    return new ComparingLoss(
        new BradleyTerryLoss(
            reading,
            WORDS,
            new BradleyTerryLoss.Settings(false, crossEntropyWeight, 1),
            Side.BESIDE_REFERENCE),
        new PairwiseLoss(reading, WORDS, true, 1));
  }

  private static double besideReference(int p, double[] weights) {
    double[] better = beside(p, SEEN.pair(p).better(), weights);
    double[] worse = beside(p, SEEN.pair(p).worse(), weights);
    double lead = better[YES] - better[NO] - (worse[YES] - worse[NO]);
    return Math.log1p(Math.exp(-lead)) - 0.3 * (better[YES] + worse[NO]) / 2;
  }

  private static double[] beside(int p, int image, double[] weights) {
    byte[] reference = SEEN.image(SEEN.pair(p).reference());
    return TinyJudge.logProbs(reference, SEEN.image(image), TinyPairs.TOKEN, weights);
  }

  /** Two words leave no place for the end within T; one does; none has nothing to say. */
  private static final Pairs TALKATIVE =
      TinyPairs.of(3, new long[] {SHAPE}, SILENT, new long[] {COLOUR, SHAPE});

  @Test
  void decisionFirstReadsTheDecisionAtOnceAndTheReasonAfterIt() {
    Reading reading = taught(Reasons.DECISION_FIRST);
    JudgeLoss loss = new PairwiseLoss(reading, WORDS, false, 0.7);
    JudgeMinibatch minibatch = TinyPairs.minibatch(TALKATIVE);
    Evaluated evaluated = JudgeGradients.evaluate(loss, TALKATIVE, WEIGHTS);
    JudgeGradients.assertSame(
        evaluated,
        WEIGHTS,
        w -> {
          boolean[] swapped = {minibatch.coin(0), minibatch.coin(1), minibatch.coin(2)};
          long[] said = {said(0, swapped), said(1, swapped), said(2, swapped)};
          double first =
              -(next(0, swapped, w, said[0])[SHAPE] + next(0, swapped, w, said[0], SHAPE)[END]) / 2;
          double third =
              -(next(2, swapped, w, said[2])[COLOUR] + next(2, swapped, w, said[2], COLOUR)[SHAPE])
                  / 2;
          double decisions = 0;
          for (int p = 0; p < 3; p++) {
            decisions -= next(p, swapped, w)[(int) said[p]];
          }
          return (decisions + 0.7 * (first + third)) / 3;
        });
    assertThat(evaluated.measures().reasons()).isEqualTo(2);
    assertThat(evaluated.measures().meanLoss()).isCloseTo(evaluated.value(), offset(1e-12));
  }

  @Test
  void reasonsFirstReadsTheDecisionAfterTheReason() {
    Reading reading = taught(Reasons.REASONS_FIRST);
    JudgeLoss loss = new PairwiseLoss(reading, WORDS, false, 0.7);
    JudgeMinibatch minibatch = TinyPairs.minibatch(TALKATIVE);
    JudgeGradients.assertSame(
        JudgeGradients.evaluate(loss, TALKATIVE, WEIGHTS),
        WEIGHTS,
        w -> {
          boolean[] swapped = {minibatch.coin(0), minibatch.coin(1), minibatch.coin(2)};
          double first = -next(0, swapped, w)[SHAPE];
          double third = -(next(2, swapped, w)[COLOUR] + next(2, swapped, w, COLOUR)[SHAPE]) / 2;
          double decisions =
              -next(0, swapped, w, SHAPE)[(int) said(0, swapped)]
                  - next(1, swapped, w)[(int) said(1, swapped)]
                  - next(2, swapped, w, COLOUR, SHAPE)[(int) said(2, swapped)];
          return (decisions + 0.7 * (first + third)) / 3;
        });
  }

  @Test
  void pointwiseReasonsAreLearnedForBothImages() {
    JudgeLoss loss =
        new BradleyTerryLoss(
            taught(Reasons.DECISION_FIRST),
            WORDS,
            new BradleyTerryLoss.Settings(false, 0, 0.7),
            Side.ALONE);
    JudgeGradients.assertSame(
        JudgeGradients.evaluate(loss, TALKATIVE, WEIGHTS),
        WEIGHTS,
        w -> {
          double sum = 0;
          for (int p = 0; p < 3; p++) {
            double[] better = image(TALKATIVE.pair(p).better(), w);
            double[] worse = image(TALKATIVE.pair(p).worse(), w);
            double lead = better[YES] - better[NO] - (worse[YES] - worse[NO]);
            sum += Math.log1p(Math.exp(-lead));
          }
          int[] words = {SHAPE, END};
          for (int i = 0; i < 2; i++) {
            int row = i == 0 ? TALKATIVE.pair(0).better() : TALKATIVE.pair(0).worse();
            long decision = i == 0 ? YES : NO;
            sum -=
                0.7
                    * (image(row, w, decision)[words[0]] + image(row, w, decision, SHAPE)[words[1]])
                    / 4;
            row = i == 0 ? TALKATIVE.pair(2).better() : TALKATIVE.pair(2).worse();
            sum -=
                0.7
                    * (image(row, w, decision)[COLOUR] + image(row, w, decision, COLOUR)[SHAPE])
                    / 4;
          }
          return sum / 3;
        });
  }

  @Test
  void goldenValues() {
    NativeTorch.load();
    double[] even = logs(0.1, 0.4, 0.4, 0.1);
    double[] sure = logs(0.1, 0.8, 0.1, 0);
    assertThat(crossEntropy(sure, true)).isCloseTo(0.22314355131420976, offset(1e-12));
    assertThat(crossEntropy(sure, false)).isCloseTo(2.302585092994046, offset(1e-12));
    assertThat(crossEntropy(even, true)).isCloseTo(0.916290731874155, offset(1e-12));
    assertThat(lead(even, even, false)).isZero();
    assertThat(lead(sure, even, false)).isCloseTo(Math.log(8), offset(1e-12));
    assertThat(lead(sure, even, true)).isCloseTo(8.0 / 9 - 0.5, offset(1e-12));
  }

  private static double crossEntropy(double[] logProbs, boolean yes) {
    return Scopes.scoped(
        () ->
            new Decisions(words(), Tensors.of(logProbs, 1, 4))
                .crossEntropy(Tensors.of(new double[] {yes ? 1 : 0}, 1))
                .item_double());
  }

  private static double lead(double[] better, double[] worse, boolean onProbability) {
    double[] both =
        java.util.stream.DoubleStream.concat(
                java.util.Arrays.stream(better), java.util.Arrays.stream(worse))
            .toArray();
    return Scopes.scoped(
        () ->
            BradleyTerryLoss.lead(new Decisions(words(), Tensors.of(both, 2, 4)), onProbability)
                .item_double());
  }

  private static AnswerWords words() {
    return WORDS;
  }

  /** With two surface forms of yes their probabilities are added. */
  @Test
  void surfaceFormsAreAdded() {
    NativeTorch.load();
    AnswerWords words =
        new AnswerWords(new long[] {0, 1}, new long[] {2}, java.util.OptionalInt.empty());
    double yes =
        Scopes.scoped(
            () -> {
              Tensor logProbs = Tensors.of(logs(0.25, 0.25, 0.3, 0.2), 1, 4);
              return words.yes(logProbs.to(ScalarType.Double)).item_double();
            });
    assertThat(yes).isCloseTo(Math.log(0.5), offset(1e-12));
  }

  private static double[] logs(double... probabilities) {
    return java.util.Arrays.stream(probabilities).map(p -> Math.log(Math.max(p, 1e-30))).toArray();
  }

  private static JudgeLoss bradleyTerry(Reading reading, boolean onProbability, double weight) {
    return new BradleyTerryLoss(
        reading, WORDS, new BradleyTerryLoss.Settings(onProbability, weight, 1), Side.ALONE);
  }

  private static Reading taught(Reasons reasons) {
    return new TaughtReading(TinyJudge.talking(), reasons, WORDS, TinyJudge.ANSWER_TOKENS);
  }

  private interface OfPair {
    double value(int p);
  }

  private static double mean(OfPair loss) {
    double sum = 0;
    for (int p = 0; p < PAIRS.size(); p++) {
      sum += loss.value(p);
    }
    return sum / PAIRS.size();
  }

  private static double compared(int p, boolean swapped, double[] weights) {
    Preference pair = PAIRS.pair(p);
    int reference = swapped ? pair.second() : pair.first();
    int image = swapped ? pair.first() : pair.second();
    double[] answer =
        TinyJudge.logProbs(PAIRS.image(reference), PAIRS.image(image), TinyPairs.TOKEN, weights);
    return -answer[image == pair.better() ? YES : NO];
  }

  /** What is right to say of a pair of {@link #TALKATIVE} in its order. */
  private static long said(int p, boolean[] swapped) {
    Preference pair = TALKATIVE.pair(p);
    return (swapped[p] ? pair.first() : pair.second()) == pair.better() ? YES : NO;
  }

  private static double[] next(int p, boolean[] swapped, double[] weights, long... said) {
    Preference pair = TALKATIVE.pair(p);
    byte[] first = TALKATIVE.image(pair.first());
    byte[] second = TALKATIVE.image(pair.second());
    return TinyJudge.logProbs(
        swapped[p] ? second : first, swapped[p] ? first : second, TinyPairs.TOKEN, weights, said);
  }

  private static double[] image(int row, double[] weights, long... said) {
    return TinyJudge.logProbs(null, TALKATIVE.image(row), TinyPairs.TOKEN, weights, said);
  }

  private static double[] single(int row, double[] weights) {
    return TinyJudge.logProbs(null, PAIRS.image(row), TinyPairs.TOKEN, weights);
  }

  private static double share(double[] logProbs) {
    return 1 / (1 + Math.exp(logProbs[NO] - logProbs[YES]));
  }
}
