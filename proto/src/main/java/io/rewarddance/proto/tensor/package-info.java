/**
 * Named tensors and their form on Triton's wire. Client, server and models share these types;
 * {@link io.rewarddance.proto.tensor.Tensor} says who owns the bytes.
 */
package io.rewarddance.proto.tensor;
