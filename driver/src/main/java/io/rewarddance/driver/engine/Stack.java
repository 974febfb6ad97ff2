package io.rewarddance.driver.engine;

import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.config.PublishConfig;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.config.TrainingConfig;
import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.evaluate.Oracle;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.generate.Generator;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.plan.Seeds;
import io.rewarddance.driver.publish.Canary;
import io.rewarddance.driver.publish.Fleet;
import io.rewarddance.driver.publish.Publisher;
import io.rewarddance.driver.triton.ModelControl;
import io.rewarddance.driver.triton.TritonClient;
import io.rewarddance.driver.update.TrainingClient;
import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** Everything that a sitting talks to, opened in order and closed in the opposite one. */
final class Stack implements AutoCloseable {
  /** Jitter only spreads retries in time; nothing that is computed depends on it. */
  private static final DoubleSupplier JITTER = () -> ThreadLocalRandom.current().nextDouble();

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Locals locals;
  private final TritonClient client;
  private final TrainingClient training;
  private final Generator generator;
  private final List<Judge> judges;
  private final Optional<Oracle> oracle;
  private final Fleet fleet;
  private final Publisher publisher;

  /**
   * @param current the policy that must be live, when the run has one already
   * @param canaryPrompt what the canary draws
   */
  Stack(RunConfig config, RunDirectory directory, Optional<PolicyRef> current, Prompt canaryPrompt)
      throws IOException {
    boolean opened = false;
    try {
      locals = new Locals(config, directory);
      Optional<LocalServices> services = locals.start(current);
      services.ifPresent(open::push);
      client = connect(inference(config, services), config.triton());
      open.push(client);
      training = training(config, services);
      ServedModel painter = describe(config.triton().generator());
      generator = new Generator(painter, client::infer);
      generator.require(canaryPrompt);
      judges = judges(config, painter);
      oracle = config.triton().oracle().map(name -> oracle(describe(name), painter));
      Draw draw = new Draw(canaryPrompt, Seeds.derive(config.seed(), Seeds.Purpose.CANARY));
      boolean versioned = config.publish().method() == PublishConfig.Method.LOAD;
      fleet =
          new Fleet(
              client,
              generator.name(),
              config.triton().loadDeadline(),
              new Canary(generator, draw, versioned, config.publish().canary()));
      publisher =
          new Publisher(
              config.publish(), fleet, locals.policies(), locals.versions(), training::weights);
      opened = true;
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  private static TritonClient connect(List<String> endpoints, TritonConfig config) {
    try {
      return TritonClient.connect(endpoints, config, JITTER);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw StepFailedException.lasting(FailureKind.GENERATOR_ERROR, e.getMessage(), e);
    }
  }

  private static TrainingClient connect(Vertx vertx, URI endpoint, TrainingConfig config) {
    try {
      return new TrainingClient(vertx, endpoint, config, JITTER);
    } catch (IllegalArgumentException e) {
      throw StepFailedException.lasting(FailureKind.BACKEND_ERROR, e.getMessage(), e);
    }
  }

  private static List<String> inference(RunConfig config, Optional<LocalServices> services) {
    return config.triton().embedded()
        ? List.of(services.flatMap(LocalServices::inferenceEndpoint).orElseThrow())
        : config.triton().endpoints();
  }

  private TrainingClient training(RunConfig config, Optional<LocalServices> services) {
    Vertx vertx = Vertx.vertx();
    open.push(() -> vertx.close().await());
    URI endpoint =
        config
            .training()
            .endpoint()
            .or(() -> services.flatMap(LocalServices::trainingEndpoint))
            .orElseThrow();
    TrainingClient opened = connect(vertx, endpoint, config.training());
    open.push(opened);
    return opened;
  }

  private List<Judge> judges(RunConfig config, ServedModel painter) {
    List<Judge> all = new ArrayList<>();
    for (JudgeConfig judge : config.judges()) {
      ServedModel model = describe(judge.model());
      all.add(new Judge(judge, model, client::infer, config.training().pushesGradients()));
      Contracts.requireSampleShape(painter, model);
    }
    return all;
  }

  private Oracle oracle(ServedModel model, ServedModel painter) {
    Oracle opened = new Oracle(model, client::infer);
    Contracts.requireSampleShape(painter, model);
    return opened;
  }

  /** All endpoints serve the same models, so the first one's word is enough. */
  private ServedModel describe(String name) {
    return ServedModel.of(client.controls().get(0).modelConfig(name).join());
  }

  /** The version that the first endpoint serves of a model. */
  String liveVersion(String name) {
    ModelControl control = client.controls().get(0);
    List<String> versions = control.modelMetadata(name).join().getVersionsList();
    return versions.isEmpty() ? "" : versions.get(versions.size() - 1);
  }

  Locals locals() {
    return locals;
  }

  TrainingClient training() {
    return training;
  }

  Generator generator() {
    return generator;
  }

  List<Judge> judges() {
    return judges;
  }

  Optional<Oracle> oracle() {
    return oracle;
  }

  Fleet fleet() {
    return fleet;
  }

  Publisher publisher() {
    return publisher;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        org.slf4j.LoggerFactory.getLogger(Stack.class).warn("closing", e);
      }
    }
  }
}
