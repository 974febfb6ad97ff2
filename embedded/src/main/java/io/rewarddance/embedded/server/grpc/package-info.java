/** The gRPC services: what each call means in terms of the packages beside this one. */
package io.rewarddance.embedded.server.grpc;
