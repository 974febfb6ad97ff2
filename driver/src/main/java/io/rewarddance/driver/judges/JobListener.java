package io.rewarddance.driver.judges;

/** Told how a job gets on; on the job's thread, or one of its models'. */
public interface JobListener {
  /** Tells nobody. */
  JobListener SILENT = new JobListener() {};

  /** Something to be read: a line, without its end. */
  default void said(String line) {}

  /**
   * How far a stage is.
   *
   * @param stage what is being done, and to what
   * @param done of {@code total}; the stage is over when they are equal
   */
  default void progress(String stage, long done, long total) {}
}
