/** What has happened in a run so far, kept for whoever joins late and wants to follow. */
package io.rewarddance.driver.feed;
