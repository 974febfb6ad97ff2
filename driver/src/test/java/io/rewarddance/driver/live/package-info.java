/**
 * Jobs and questions on servers that run already and go on running: the embedded one as if it were
 * somebody else's, and NVIDIA's.
 */
package io.rewarddance.driver.live;
