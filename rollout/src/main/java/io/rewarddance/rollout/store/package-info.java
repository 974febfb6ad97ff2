/**
 * The HDF5 store of rollouts: one file per iteration, written in one atomic step and never read as
 * data unless every byte of it is right.
 *
 * <p>Start at {@link io.rewarddance.rollout.store.RolloutWriter} and {@link
 * io.rewarddance.rollout.store.RolloutReader}; the layout is described in {@code
 * docs/rollout-file.md}. jHDF opens a truncated or damaged file and reads wrong numbers from it, so
 * a file ends in a {@link io.rewarddance.rollout.store.Trailer} whose digest is checked before jHDF
 * sees a byte.
 */
package io.rewarddance.rollout.store;
