/**
 * Training judges on preferences: recipes and their losses, what a judge is asked and how its
 * answer is read, validation, and the update that puts them together.
 *
 * <p>A judge's network gives log-probabilities over its vocabulary. Start at {@link
 * io.rewarddance.embedded.trainer.judge.JudgeUpdater}.
 */
package io.rewarddance.embedded.trainer.judge;
