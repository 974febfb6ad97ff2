/** Settings that clients read and change while the server runs: logging and tracing. */
package io.rewarddance.embedded.server.settings;
