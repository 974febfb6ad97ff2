/** Writing files so that a crash leaves the old one or the new one; all modules do it this way. */
package io.rewarddance.rollout.durable;
