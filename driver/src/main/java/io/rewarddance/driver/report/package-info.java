/**
 * What a run leaves for people and programs to read: {@code report.html}, one page without any
 * outside request, and {@code summary.json}. Both come from the journal and the files of the run
 * directory alone, at any time, whether the run ended well or not.
 */
package io.rewarddance.driver.report;
