/**
 * Starting this module's services: for the driver, which knows only the seam, and by themselves.
 */
package io.rewarddance.embedded.launch;
