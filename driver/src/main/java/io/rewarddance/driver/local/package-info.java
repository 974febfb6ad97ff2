/**
 * What stands in for Triton and for a training backend when the experiment file says {@code
 * embedded}: found with {@link java.util.ServiceLoader}, started on loopback ports, and from then
 * on used over gRPC and HTTP like any other.
 */
package io.rewarddance.driver.local;
