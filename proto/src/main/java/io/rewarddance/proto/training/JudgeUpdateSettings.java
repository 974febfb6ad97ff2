package io.rewarddance.proto.training;

/**
 * How to train a judge in one update, which is many optimizer steps.
 *
 * @param recipe {@code pairwise-generative} (next-token cross-entropy on yes or no, the first image
 *     as the reference), {@code pointwise-generative} (Bradley-Terry on yes against no, plus a
 *     small cross-entropy), or {@code pointwise-regressive} (Bradley-Terry on a score)
 * @param reasons {@code none}, {@code decision-first} (the answer, then the file's reason) or
 *     {@code reasons-first}
 * @param seed of every random choice: order of pairs, order of images, pixel noise
 * @param steps optimizer steps of this update
 * @param minibatch pairs of an optimizer step
 * @param orderSwap pairwise: each pair is asked in both orders, else in a random one
 * @param bradleyTerryOn pointwise-generative, and pairs beside a reference: {@code log-odds} of yes
 *     against no, or {@code probability} of yes
 * @param crossEntropyWeight pointwise-generative, and pairs beside a reference: weight of the
 *     cross-entropy, "yes" for the preferred image and "no" for the other
 * @param reasonWeight weight of the reasons' cross-entropy
 * @param pixelNoise standard deviation of noise on the images, as a share of full scale; 0 = none
 * @param average decay of the weight average that is validated and handed out; 0 = none
 * @param optimizer optimizer settings
 * @param schedule learning-rate schedule; its {@code iterations} and {@code warmup} count optimizer
 *     steps of all updates of the judge
 */
public record JudgeUpdateSettings(
    String recipe,
    String reasons,
    long seed,
    int steps,
    int minibatch,
    boolean orderSwap,
    String bradleyTerryOn,
    double crossEntropyWeight,
    double reasonWeight,
    double pixelNoise,
    double average,
    UpdateSettings.Optimizer optimizer,
    UpdateSettings.Schedule schedule) {}
