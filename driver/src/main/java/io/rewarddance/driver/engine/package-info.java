/**
 * The loop itself: {@link io.rewarddance.driver.engine.TrainingRun} puts the steps together, one
 * iteration after another, on the thread that calls it. {@code docs/architecture.md} says what
 * happens in which order, and why a run that is killed anywhere goes on to the same bytes.
 *
 * <p>What the loop knows is what the journal says: {@link io.rewarddance.driver.engine.Ledger} is
 * built from the journal's lines and from nothing else, by a resumed run and by a fresh one alike.
 */
package io.rewarddance.driver.engine;
