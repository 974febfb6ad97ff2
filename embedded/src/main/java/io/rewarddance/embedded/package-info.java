/** A Triton-protocol server and a training backend inside the JVM. */
package io.rewarddance.embedded;
