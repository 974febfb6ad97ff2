/**
 * What a run looks like on a terminal or in a log: the plan, one live block or plain lines while it
 * runs, and a summary with intervals at the end. It knows a run only by the events of {@link
 * io.rewarddance.driver.loop.RunListener}.
 */
package io.rewarddance.driver.console;
