/**
 * The vocabulary of reward-driven fine-tuning as immutable values: a {@link
 * io.rewarddance.rollout.Prompt} is drawn as {@link io.rewarddance.rollout.Generation}s, a judge's
 * answer makes each a {@link io.rewarddance.rollout.ScoredRollout}, those of one prompt form a
 * {@link io.rewarddance.rollout.Group}, and advantages turn groups into a {@link
 * io.rewarddance.rollout.TrainingBatch}.
 *
 * <p>One type per stage of life: what isn't known yet has no field. Constructors refuse nonsense
 * with an {@link java.lang.IllegalArgumentException} that names the value and what was expected.
 * Arrays are handed over, not copied: neither side may change them afterwards.
 */
package io.rewarddance.rollout;
