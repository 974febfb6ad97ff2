/**
 * A client for servers that speak Triton's gRPC protocol: several endpoints, bounded memory in
 * flight, a deadline on every call, and retries only of what is safe to send again.
 *
 * <p>Every request that this project sends carries its seed in a tensor, so sending one twice gives
 * the same answer twice; that is what makes {@code infer} safe to retry on another endpoint. Calls
 * that change a server ({@link io.rewarddance.driver.triton.ModelControl}) are never balanced: each
 * endpoint has its own control channel.
 */
package io.rewarddance.driver.triton;
