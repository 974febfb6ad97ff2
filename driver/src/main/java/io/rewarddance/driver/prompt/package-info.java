/** The files that prompts come from. */
package io.rewarddance.driver.prompt;
