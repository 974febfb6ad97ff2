package io.rewarddance.proto.training;

import java.util.List;
import java.util.SortedMap;

/**
 * What one update of a judge did. The same (judge, step, digest) always gives the same result,
 * however often it is asked for.
 *
 * @param judge name of the judge
 * @param step number of the update, from 0
 * @param digest lower-case hex sha-256 that tells requests apart: of the request's JSON without its
 *     URIs
 * @param optimizerSteps optimizer steps since the base
 * @param weightsDigest sha-256 of the averaged weights' file, which is handed out
 * @param pairs pairs trained on in this update, with repetitions
 * @param loss mean over this update's optimizer steps
 * @param crossEntropy of the decisions, mean over questions, unweighted; 0 where the loss has none
 * @param reasonLoss of the reasons, mean over words and then over questions that have one,
 *     unweighted; 0 without
 * @param gradientNorm mean over the steps, before clipping
 * @param trainAccuracy share of this update's questions that were answered rightly before the
 *     weights were changed by them
 * @param learningRate AdamW's rate in the last step
 * @param validation one for each file of the request
 * @param seconds time spent
 */
public record JudgeUpdateResult(
    String judge,
    int step,
    String digest,
    long optimizerSteps,
    String weightsDigest,
    long pairs,
    double loss,
    double crossEntropy,
    double reasonLoss,
    double gradientNorm,
    double trainAccuracy,
    double learningRate,
    List<Validation> validation,
    double seconds) {
  /**
   * The averaged weights on one validation file.
   *
   * @param name from the request
   * @param domains by the file's {@code domain}, empty text included
   */
  public record Validation(String name, SortedMap<String, Score> domains) {}

  /**
   * How a domain's pairs were answered. P is the probability that the second image is the better
   * one.
   *
   * @param right pairs whose preferred image has the larger probability
   * @param ties pairs with P exactly 1/2
   * @param total pairs
   * @param logLoss mean of -ln of the probability given to the preferred image, in nats
   * @param calibration ten bins of P: 0 to 0.1, ... 0.9 to 1
   */
  public record Score(int right, int ties, int total, double logLoss, List<Bin> calibration) {}

  /**
   * @param count pairs whose P falls into the bin
   * @param meanP mean P of those; 0 when there are none
   * @param right how many of those have the second image preferred
   */
  public record Bin(int count, double meanP, int right) {}
}
