/**
 * Step 3: asks judges. An answer is a pair of log-probabilities or a classed failure; nothing here
 * makes a number up. A judge that is asked about several references or in both orders gives one
 * answer: the mean probability of "yes" for the image and of "no" against it.
 */
package io.rewarddance.driver.judge;
