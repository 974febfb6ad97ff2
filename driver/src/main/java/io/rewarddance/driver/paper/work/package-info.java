/** Works cells off one after the other and remembers what came of each, whatever happens. */
package io.rewarddance.driver.paper.work;
