package io.rewarddance.driver.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.testing.RealTriton;
import io.rewarddance.driver.testing.TritonConfigs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The doctor before NVIDIA's server. Skipped where that isn't. */
@Tag("real")
@Timeout(120)
final class RealTritonDoctorTest {
  private static final Path ROOT = Path.of(System.getProperty("rewarddance.root"));

  @TempDir Path temporary;

  @Test
  void everyModelIsComparedWithTheContracts() throws Exception {
    RealTriton.assumeInstalled(ROOT);
    try (RealTriton triton = new RealTriton(ROOT, temporary.resolve("served"))) {
      triton.relaunch();
      Misfits misfits = new Misfits(triton.repository(), triton.endpoint());
      Checkup whole = misfits.look();
      assertThat(whole.findings()).extracting(Finding::state).containsOnly(Finding.State.OK);
      assertThat(whole.findings().get(0).detail()).startsWith("triton 2.51.0, live, ready\n");
      assertThat(Misfits.find(whole, "loads").detail()).startsWith("taken");
      httpPort(triton);

      misfits.addJudges();
      String streams = "model_transaction_policy { decoupled: true }\n";
      misfits.add("shapes_judge", "judge_streams", text -> text + streams);
      misfits.add("shapes_oracle", "oracle_single", RealTritonDoctorTest::withoutBatches);
      Checkup mixed = misfits.look();
      Misfits.assertJudges(mixed);
      assertThat(mixed.findings().get(0).detail()).startsWith("triton 2.51.0, live, not ready\n");
      assertThat(Misfits.find(mixed, "judge_streams").detail())
          .startsWith("fits no contract, nearest: judge, pointwise; version 1\nhas decoupled true");
      assertThat(Misfits.find(mixed, "oracle_single").detail())
          .isEqualTo(
              "fits no contract, nearest: oracle; version 1\n"
                  + "has max_batch_size 0 (expected: >= 1)");
    }
  }

  private static String withoutBatches(String config) {
    return config
        .replace("max_batch_size: 64", "max_batch_size: 0")
        .replace("dims: [ ", "dims: [ -1, ")
        .replaceFirst("dynamic_batching.*\\n", "");
  }

  private static void httpPort(RealTriton triton) {
    TritonConfig http = TritonConfigs.ofRetries(0).withEndpoints(List.of(triton.httpEndpoint()));
    Finding finding = new Doctor((r, m) -> List.of()).look(http).findings().get(0);
    assertThat(finding.state()).isEqualTo(Finding.State.PROBLEM);
    assertThat(finding.detail()).startsWith("this is Triton's HTTP port: ");
  }
}
