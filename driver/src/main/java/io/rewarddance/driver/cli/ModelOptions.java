package io.rewarddance.driver.cli;

import io.rewarddance.driver.adhoc.AdHocModels;
import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.ConfigLoader;
import io.rewarddance.driver.config.ProjectRoot;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.model.ModelMismatchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the models of a question are served, for commands that need no run. */
final class ModelOptions {
  private static final long IN_FLIGHT_BYTES = 64L << 20;

  @Option(
      names = "--experiment",
      paramLabel = "FILE",
      description = {
        "Takes endpoints, TLS, repository and models from an experiment file or a run's config.yaml",
        "(default: experiments/quickstart.yaml of the project)."
      })
  private Optional<Path> experiment = Optional.empty();

  @Mixin private EndpointOptions servers;

  @Option(
      names = "--repository",
      paramLabel = "DIR",
      description = "Model repository of the embedded server, such as runs/RUN/repository.")
  private Optional<Path> repository = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the embedded server (default: all cores).")
  private Optional<Integer> threads = Optional.empty();

  private Optional<RunConfig> config = Optional.empty();

  /** Reads the experiment file; to be called once, first. */
  void load() throws Complaint {
    Path quickstart = ProjectRoot.of(Path.of("")).resolve("experiments/quickstart.yaml");
    Optional<Path> file = experiment.or(() -> Optional.of(quickstart).filter(Files::isRegularFile));
    servers.check();
    if (threads.orElse(1) < 1) {
      throw Complaint.usage("--threads: " + threads.get() + " (expected: >= 1)");
    }
    if (file.isPresent()) {
      try {
        config = Optional.of(new ConfigLoader().load(file.get(), List.of()).config());
      } catch (ConfigException e) {
        throw Complaint.usage(e);
      }
    }
  }

  /** The experiment, when there is one. */
  Optional<RunConfig> config() {
    return config;
  }

  /** Opens the server of these models, which must be all that will be asked. */
  AdHocModels open(Set<String> models) throws Complaint {
    try {
      return AdHocModels.open(triton(models), models, cores());
    } catch (ModelMismatchException e) {
      throw Complaint.usage(e);
    } catch (IOException e) {
      throw new Complaint(ExitCode.FAILED, e.getMessage(), e);
    }
  }

  private int cores() {
    return threads
        .or(() -> config.map(RunConfig::effectiveThreads))
        .orElse(Runtime.getRuntime().availableProcessors());
  }

  /** A repository that was named means the embedded server, whatever the file says. */
  private TritonConfig triton(Set<String> models) throws Complaint {
    if (config.isEmpty()) {
      if (servers.endpoints.isEmpty() && repository.isEmpty()) {
        throw Complaint.usage(
            "no experiment file here (expected: --endpoint, --repository or --experiment)");
      }
      return unconfigured(models);
    }
    TritonConfig file = config.get().triton();
    TritonConfig line = servers.config();
    boolean named = !line.endpoints().isEmpty() || repository.isPresent();
    return new TritonConfig(
        named ? line.endpoints() : file.endpoints(),
        repository.or(file::repository),
        file.generator(),
        file.oracle(),
        file.deadline(),
        file.loadDeadline(),
        file.maxInFlightBytes(),
        file.requestsInFlight(),
        file.retries(),
        line.tls().enabled() ? line.tls() : file.tls(),
        line.tokenFile().or(file::tokenFile));
  }

  private TritonConfig unconfigured(Set<String> models) {
    return new TritonConfig(
        servers.endpoints,
        repository,
        models.iterator().next(),
        Optional.empty(),
        Duration.ofSeconds(60),
        Duration.ofMinutes(5),
        IN_FLIGHT_BYTES,
        4,
        4,
        servers.config().tls(),
        servers.tokenFile);
  }
}
