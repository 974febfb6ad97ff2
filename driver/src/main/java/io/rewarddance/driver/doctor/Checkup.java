package io.rewarddance.driver.doctor;

import io.rewarddance.driver.doctor.triton.ServerLook;
import java.util.List;

/**
 * All that a look at machine and servers showed.
 *
 * @param findings in the order of looking
 * @param servers what each Triton showed, from which some of the findings were made
 */
public record Checkup(List<Finding> findings, List<ServerLook> servers) {
  public Checkup {
    findings = List.copyOf(findings);
    servers = List.copyOf(servers);
  }

  /** How many things have to be mended before a run can work. */
  public long problems() {
    return findings.stream().filter(f -> f.state() == Finding.State.PROBLEM).count();
  }
}
