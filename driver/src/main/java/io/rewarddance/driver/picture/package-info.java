/** PNG files in and out, to the pixel. */
package io.rewarddance.driver.picture;
