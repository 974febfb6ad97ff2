/**
 * The vocabulary of reward-driven fine-tuning (prompts, rollouts, rewards, groups) as immutable
 * values.
 */
package io.rewarddance.rollout;
