/** What the driver must know of a served model before it asks it anything. */
package io.rewarddance.driver.model;
