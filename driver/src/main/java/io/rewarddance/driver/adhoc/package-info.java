/**
 * Models that are asked outside of a run: served at an endpoint, or by the embedded server from a
 * copy of the model repository that lasts as long as the question.
 */
package io.rewarddance.driver.adhoc;
