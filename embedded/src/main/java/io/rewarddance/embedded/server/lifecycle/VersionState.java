package io.rewarddance.embedded.server.lifecycle;

/** State of a model version, named as in the repository index. */
public enum VersionState {
  LOADING,
  READY,
  UNLOADING,
  UNAVAILABLE
}
