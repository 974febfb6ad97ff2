/**
 * Puts the inference server and the training backend into one process, for the driver's {@link
 * io.rewarddance.proto.local.LocalStack}. The two know nothing of each other: they share files and
 * protocols only.
 */
package io.rewarddance.embedded.launch;
