/** A search from models and prompts to its files: what the command and the paper's cells call. */
package io.rewarddance.driver.search.job;
