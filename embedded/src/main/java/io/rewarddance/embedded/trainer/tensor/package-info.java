/** libtorch: loading it, the traced network, and slices of a minibatch on several threads. */
package io.rewarddance.embedded.trainer.tensor;
