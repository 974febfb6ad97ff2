/** A Triton model repository on disk: directories, configurations, versions and their times. */
package io.rewarddance.embedded.server.repository;
