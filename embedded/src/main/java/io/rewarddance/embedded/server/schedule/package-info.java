/** Queues, batches and counts the calls of one model version. */
package io.rewarddance.embedded.server.schedule;
