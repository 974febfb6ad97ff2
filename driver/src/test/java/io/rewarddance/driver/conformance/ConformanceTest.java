package io.rewarddance.driver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.testing.RealTriton;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.proto.triton.ModelInferRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every step to the embedded server and to NVIDIA's. Skipped where that isn't installed. With
 * {@code -Drewarddance.answers.write=true} the real server's answers are written to {@code
 * answers/} and not compared with what is there.
 */
@Tag("real")
@Timeout(300)
final class ConformanceTest {
  private static final int MANY = 300;

  /** One way to ask two servers. */
  private interface Question {
    List<Difference> ask(ServerPair servers) throws Exception;
  }

  @TempDir Path temporary;

  @BeforeAll
  static void assumeInstalled() throws Exception {
    RealTriton.assumeInstalled(Suite.ROOT);
  }

  /**
   * On a busy machine the real server was seen once to keep a replaced version in UNLOADING for
   * good. Then the comparison says nothing, and is made once more.
   */
  private List<Difference> onNewServers(Question question) throws Exception {
    try (ServerPair servers = new ServerPair(temporary.resolve("first"))) {
      return question.ask(servers);
    } catch (UnsettledException e) {
      if (!e.getMessage().startsWith(AskedServer.REAL)) {
        throw e;
      }
      System.err.println("ConformanceTest: once more, because " + e.getMessage());
    }
    try (ServerPair servers = new ServerPair(temporary.resolve("second"))) {
      return question.ask(servers);
    }
  }

  @Test
  void generatedStubsSeeTwoServersThatAnswerAlike() throws Exception {
    noneUnknown(onNewServers(ConformanceTest::askWithStubs));
  }

  private static List<Difference> askWithStubs(ServerPair servers) throws IOException {
    List<Difference> found = new ArrayList<>();
    try (AskedServer ours = servers.ours(servers.toEmbedded(Stubs::new));
        AskedServer theirs = servers.theirs(servers.toReal(Stubs::new))) {
      for (String part : Suite.PARTS) {
        Map<Step, List<Outcome>> reference = new LinkedHashMap<>();
        for (Step step : Suite.steps(part)) {
          reference.put(step, theirs.take(step));
          found.addAll(Comparison.of(step, ours.take(step), reference.get(step)));
        }
        compareWithRecord(part, reference);
      }
    }
    return found;
  }

  /** The record is what the embedded server is held to where there is no real one. */
  private static void compareWithRecord(String part, Map<Step, List<Outcome>> answers)
      throws IOException {
    if (Boolean.getBoolean("rewarddance.answers.write")) {
      Recording.write(part, answers);
      return;
    }
    Recording recording = new Recording(part);
    List<Difference> found = new ArrayList<>();
    answers.forEach(
        (step, outcomes) -> found.addAll(Comparison.of(step, outcomes, recording.of(step))));
    assertThat(found)
        .as("the real server and its record; -Drewarddance.answers.write=true writes it again")
        .isEmpty();
  }

  private static void noneUnknown(List<Difference> found) {
    KnownDifferences known = new KnownDifferences();
    assertThat(known.unknown(found)).isEmpty();
    assertThat(known.gone(found)).as("known differences that no longer show").isEmpty();
  }

  @Test
  void theDriversClientSeesTwoServersThatAnswerAlike() throws Exception {
    noneUnknown(onNewServers(ConformanceTest::askWithTheDriver));
  }

  private static List<Difference> askWithTheDriver(ServerPair servers) throws IOException {
    List<Difference> found = new ArrayList<>();
    DriversClient client = servers.toEmbedded(DriversClient::new);
    try (AskedServer ours = servers.ours(client);
        AskedServer theirs = servers.theirs(servers.toReal(DriversClient::new))) {
      for (String part : Suite.PARTS) {
        for (Step step : Suite.steps(part)) {
          found.addAll(Comparison.of(step, ours.take(step), theirs.take(step)));
        }
      }
    }
    assertThat(client.said()).isGreaterThan(MANY);
    return found;
  }

  @Test
  void companyChangesNoByteAndTheDriversClientHidesNothing() throws Exception {
    try (ServerPair servers = new ServerPair(temporary)) {
      assertThat(
              changedInCompany(
                  servers.toEmbedded(Stubs::new), servers.toEmbedded(DriversClient::new)))
          .isEmpty();
      assertThat(changedInCompany(servers.toReal(Stubs::new), servers.toReal(DriversClient::new)))
          .isEmpty();
    }
  }

  /** What the driver's client gets for many requests at once, and stubs one after the other. */
  private static List<Difference> changedInCompany(Stubs stubs, DriversClient client) {
    List<Difference> found = new ArrayList<>();
    try (stubs;
        client) {
      Map<Step, CompletableFuture<Outcome>> together = new LinkedHashMap<>();
      for (Step step : Suite.steps("models")) {
        Optional<InferCall> call = DriversCalls.of(request(step));
        call.ifPresent(said -> together.put(step, client.ask(said)));
      }
      assertThat(together).hasSizeGreaterThan(MANY / 2);
      together.forEach(
          (step, answer) -> {
            Outcome company = answer.join();
            Outcome alone = stubs.infer(request(step));
            boolean same =
                company.code().equals(alone.code())
                    && company.message().endsWith(alone.message())
                    && company.tensors().equals(alone.tensors());
            if (!same) {
              found.add(Difference.of(step, "in company", company, alone));
            }
          });
    }
    return found;
  }

  private static ModelInferRequest request(Step step) {
    return Requests.infer(step.json().get("request"));
  }
}
