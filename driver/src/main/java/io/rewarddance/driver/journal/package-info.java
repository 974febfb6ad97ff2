/**
 * The run's memory: one JSON line for everything that happened, appended and forced to disk before
 * the run goes on. {@code docs/journal.md} has the format.
 *
 * <p>Each line's digest covers the digest before it and the line's own deterministic content, so
 * two runs are equal up to where their digests are. What may differ between equal runs (times,
 * addresses, and notes about what happened on the way) is outside the digest.
 */
package io.rewarddance.driver.journal;
