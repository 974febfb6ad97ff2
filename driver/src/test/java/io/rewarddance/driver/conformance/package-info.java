/**
 * The conformance suite from Java: the cases of {@code triton-models/conformance}, which Python's
 * client sends too, through grpc-java's stubs and through the driver's own client.
 */
package io.rewarddance.driver.conformance;
