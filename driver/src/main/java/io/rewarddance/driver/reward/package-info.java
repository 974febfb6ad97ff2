/** Step 4: judges' answers become one reward, or none. Pure. */
package io.rewarddance.driver.reward;
