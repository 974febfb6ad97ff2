/**
 * Work that isn't a run: collecting preferences and training judges. Each job has a directory with
 * its settings, a journal and what came of it, and goes on there after it was killed.
 */
package io.rewarddance.driver.judges;
