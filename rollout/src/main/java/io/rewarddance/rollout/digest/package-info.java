/** Content digests, by which rollout files, policies and runs are told apart. */
package io.rewarddance.rollout.digest;
