package io.rewarddance.driver.doctor;

import io.rewarddance.driver.config.PublishConfig;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.doctor.triton.Examiner;
import io.rewarddance.driver.doctor.triton.ServerLook;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/** Goes through everything that a run of one experiment, or of any, will need. */
public final class Doctor {
  /** Control calls take milliseconds, unless a slow repository stands before them. */
  private static final Duration QUESTION = Duration.ofSeconds(10);

  private static final double RUNS_GIB = 2;
  private static final double CACHE_GIB = 1;

  private final BiFunction<Path, Path, List<String>> probeCommand;

  /**
   * @param probeCommand makes the command that calls {@link NativeProbe#probe} in a new process,
   *     from a model repository and a version directory
   */
  public Doctor(BiFunction<Path, Path, List<String>> probeCommand) {
    this.probeCommand = probeCommand;
  }

  /**
   * @param config the experiment to be run; without one only the machine is looked at
   * @param ports further ports that will be listened on
   */
  public Checkup look(Optional<RunConfig> config, List<Integer> ports) {
    List<Finding> findings = new ArrayList<>(Machine.look());
    List<ServerLook> servers = new ArrayList<>();
    findings.add(Network.loopback());
    ports.forEach(port -> findings.add(Network.listen("port " + port, port)));
    findings.add(Storage.look("library cache", cache(), CACHE_GIB));
    config.ifPresent(c -> experiment(c, findings, servers));
    return new Checkup(findings, servers);
  }

  /**
   * Looks at servers alone: what they serve, and whether a run could use it.
   *
   * @param config how to reach them
   */
  public Checkup look(TritonConfig config) {
    List<ServerLook> servers = new Examiner(config).look();
    List<Finding> findings = new ArrayList<>();
    servers.forEach(server -> findings.addAll(ServerFindings.of(server, false)));
    findings.addAll(new Cast(answering(servers)).ofAnyRun());
    return new Checkup(findings, servers);
  }

  private static List<ServerLook> answering(List<ServerLook> servers) {
    return servers.stream().filter(server -> server.trouble().isEmpty()).toList();
  }

  private static void servers(RunConfig config, List<Finding> findings, List<ServerLook> servers) {
    servers.addAll(new Examiner(config.triton().withDeadline(QUESTION)).look());
    boolean publishes = config.publish().method() == PublishConfig.Method.LOAD;
    servers.forEach(server -> findings.addAll(ServerFindings.of(server, publishes)));
    findings.addAll(new Cast(answering(servers)).of(config));
  }

  private void experiment(RunConfig config, List<Finding> findings, List<ServerLook> servers) {
    findings.add(Storage.look("disk", config.output(), RUNS_GIB));
    servers(config, findings, servers);
    config.training().endpoint().map(Doctor::backend).ifPresent(findings::add);
    boolean local = config.triton().embedded() || config.training().embedded();
    if (local && config.triton().repository().isPresent()) {
      models(config.triton().repository().get(), config.triton().generator(), findings);
    }
  }

  private void models(Path repository, String generator, List<Finding> findings) {
    Finding models = Repository.look(repository);
    findings.add(models);
    if (models.state() != Finding.State.OK) {
      return;
    }
    try {
      OptionalLong version = Repository.latest(repository.resolve(generator));
      Path initial = repository.resolve(generator).resolve(String.valueOf(version.orElse(1)));
      findings.add(NativeProbe.look(probeCommand.apply(repository, initial)));
    } catch (IOException e) {
      findings.add(Finding.problem("models", generator + ": " + e, "check triton.generator"));
    }
  }

  private static Finding backend(URI uri) {
    int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    return Network.reach("training backend", uri.getHost(), port);
  }

  // Where bytedeco unpacks its libraries.
  private static Path cache() {
    String set = System.getProperty("org.bytedeco.javacpp.cachedir");
    return set != null
        ? Path.of(set)
        : Path.of(System.getProperty("user.home"), ".javacpp", "cache");
  }
}
