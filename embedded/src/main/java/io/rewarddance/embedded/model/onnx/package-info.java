/**
 * ONNX Runtime behind two small types: a network opened at one fixed batch shape, and the lanes of
 * preallocated buffers in which it runs.
 *
 * <p>The fixed shape is what makes answers independent of company: kernels choose their blocking,
 * and so their rounding, by shape. Each run uses one thread; parallelism comes from running several
 * lanes at once.
 */
package io.rewarddance.embedded.model.onnx;
