/** POSIX shared memory that clients register, so that tensors need not travel. */
package io.rewarddance.embedded.server.memory;
