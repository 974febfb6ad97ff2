package io.rewarddance.driver.paper.cells;

import io.rewarddance.driver.judges.JobControl;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.JobListener;
import io.rewarddance.driver.paper.work.CellException;
import io.rewarddance.driver.paper.work.CellException.Reason;
import io.rewarddance.driver.paper.work.CellWatch;

/** Jobs on judges, as cells see them. */
final class Jobs {
  private Jobs() {}

  static JobListener listener(CellWatch watch) {
    return new JobListener() {
      @Override
      public void progress(String stage, long done, long total) {
        watch.progress(stage, done, total);
      }
    };
  }

  static JobControl control(CellWatch watch) {
    JobControl control = new JobControl();
    watch.onStop(control::stop);
    return control;
  }

  static CellException failed(JobException e) {
    Reason reason =
        switch (e.kind()) {
          case STOPPED -> Reason.STOPPED;
          case REFUSED -> Reason.SETTINGS;
          case FAILED -> Reason.FAILED;
        };
    return new CellException(reason, e.getMessage(), e);
  }
}
