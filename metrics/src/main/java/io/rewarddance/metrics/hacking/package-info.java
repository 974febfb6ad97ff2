/**
 * The reward-hacking monitor: rules over windows of iterations. A {@link
 * io.rewarddance.metrics.hacking.HackingRule} is one small class that looks at the signals so far
 * and says what it sees; {@link io.rewarddance.metrics.hacking.HackingMonitor} says it once. All
 * state is the list of signals, so a monitor is rebuilt by replaying a journal.
 */
package io.rewarddance.metrics.hacking;
