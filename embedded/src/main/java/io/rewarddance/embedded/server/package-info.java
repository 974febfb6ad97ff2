/**
 * Triton's gRPC protocol over a Triton model repository, in this JVM. {@link
 * io.rewarddance.embedded.server.InferenceServer} is the entry.
 *
 * <p>A request goes: gRPC ({@code grpc}), checks against the model's configuration ({@code infer}),
 * queue and batches ({@code schedule}), the model, and back. {@code lifecycle} says which versions
 * serve, {@code repository} reads them from disk.
 */
package io.rewarddance.embedded.server;
