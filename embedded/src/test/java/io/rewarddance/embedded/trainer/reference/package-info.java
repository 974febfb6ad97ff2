/** What references tell judges, measured; run by {@code benchmarks/references/run}. */
package io.rewarddance.embedded.trainer.reference;
