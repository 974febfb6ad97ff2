/** The command line and the training loop. */
package io.rewarddance.driver;
