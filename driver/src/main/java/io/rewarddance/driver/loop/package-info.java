/**
 * The training loop, and the values by which everybody else follows it: a {@link
 * io.rewarddance.driver.loop.RunPlan} at the start, one {@link
 * io.rewarddance.driver.loop.IterationRecord} for each iteration, {@link
 * io.rewarddance.driver.loop.Evaluation}s between, a {@link io.rewarddance.driver.loop.RunSummary}
 * at the end. The same values are read back from a journal as a {@link
 * io.rewarddance.driver.loop.RunHistory}, so whoever shows a run need not have watched it.
 */
package io.rewarddance.driver.loop;
