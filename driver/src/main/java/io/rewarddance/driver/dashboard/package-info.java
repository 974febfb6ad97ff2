/**
 * A read-only page that follows a run in a browser, the same values as a stream of server-sent
 * events, and numbers for Prometheus.
 */
package io.rewarddance.driver.dashboard;
