/** Looks at a machine before a run does: what is fine, what is not, and what to do about it. */
package io.rewarddance.driver.doctor;
