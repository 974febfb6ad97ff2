/**
 * The seam between the driver and the stack that can stand in for Triton and for a training backend
 * in the same JVM. The driver looks a {@link io.rewarddance.proto.local.LocalStack} up with {@link
 * java.util.ServiceLoader} and from then on talks to it over gRPC and HTTP only, as it would to any
 * other server.
 */
package io.rewarddance.proto.local;
