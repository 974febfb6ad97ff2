/** From an inference message to a checked call, and from a model's result to a message. */
package io.rewarddance.embedded.server.infer;
