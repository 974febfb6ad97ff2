/**
 * Weights by parameter name, and the safetensors files that hold them: read with checks, written so
 * that equal weights are equal bytes. A file's SHA-256 is the digest of the policy it holds.
 */
package io.rewarddance.embedded.weights;
