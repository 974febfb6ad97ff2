/** Which model versions serve: loading, swapping, retiring, and the index of their states. */
package io.rewarddance.embedded.server.lifecycle;
