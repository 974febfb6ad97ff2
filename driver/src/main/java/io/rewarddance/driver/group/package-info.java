/**
 * Step 5: rollouts of one prompt of one iteration form a group, by its id and never by the prompt's
 * text. Groups that can't be learnt from are set aside with a reason. Pure.
 */
package io.rewarddance.driver.group;
