/** Searches as one HTML page without any outside request, and as JSON. */
package io.rewarddance.driver.search.page;
