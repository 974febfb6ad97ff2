/** Numbers, times and intervals as people read them, the same on the console and in the report. */
package io.rewarddance.driver.format;
