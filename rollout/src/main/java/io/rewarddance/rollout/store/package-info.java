/**
 * The HDF5 store of rollouts: one file per iteration, written in one atomic step and never read as
 * data unless every byte of it is right. The only user of jHDF.
 */
package io.rewarddance.rollout.store;
