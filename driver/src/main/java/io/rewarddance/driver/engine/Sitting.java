package io.rewarddance.driver.engine;

import io.rewarddance.driver.clock.StageClock;
import io.rewarddance.driver.config.AdvantageConfig;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.evaluate.Evaluator;
import io.rewarddance.driver.evaluate.Exhibition;
import io.rewarddance.driver.evaluate.HeldOut;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.journal.Kind;
import io.rewarddance.driver.loop.Progress;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.RunPlan;
import io.rewarddance.driver.loop.StageNames;
import io.rewarddance.driver.plan.GroupPlan;
import io.rewarddance.driver.plan.Planner;
import io.rewarddance.driver.prompt.PromptFile;
import io.rewarddance.driver.publish.Canary.Song;
import io.rewarddance.driver.reference.ReferenceMaker;
import io.rewarddance.driver.reference.References;
import io.rewarddance.proto.training.PolicyState;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import tools.jackson.databind.node.ObjectNode;

/** One process's turn at a run: opens what the run needs, finds where it is, and takes it on. */
final class Sitting {
  private final RunConfig config;
  private final RunDirectory directory;
  private final Books books;
  private final StageClock clock;
  private final Control control;
  private final RunListener listener;
  private final Steps steps;
  private final List<Prompt> train;
  private final List<Prompt> heldOut;
  private final Planner planner;

  Sitting(
      RunConfig config,
      RunDirectory directory,
      Books books,
      StageClock clock,
      Control control,
      RunListener listener)
      throws IOException {
    this.config = config;
    this.directory = directory;
    this.books = books;
    this.clock = clock;
    this.control = control;
    this.listener = listener;
    this.steps = new Steps(config.policies(), control, books, listener, clock);
    this.train = PromptFile.read(config.prompts().train(), config.prompts().categories());
    this.heldOut = PromptFile.read(config.prompts().heldOut(), config.prompts().categories());
    PromptFile.requireLike(config.prompts().heldOut(), heldOut.get(0), train.get(0));
    boolean lateStates = config.training().pushesGradients();
    this.planner = new Planner(config.seed(), config.rollouts(), train, lateStates);
  }

  /** Opens everything, runs to the end of the run, and closes. */
  void run() throws IOException {
    listener.progress(new Progress(Progress.Stage.START, 0, 1));
    try (Stack stack = clock.during(StageNames.START, this::open)) {
      clock.during(
          StageNames.START,
          () -> {
            begin(stack);
            return null;
          });
      course(stack).run();
    }
  }

  private Stack open() {
    Ledger ledger = books.ledger();
    Optional<PolicyRef> current =
        ledger.isStarted() ? Optional.of(ledger.song().policy()) : Optional.empty();
    try {
      return new Stack(config, directory, current, heldOut.get(0));
    } catch (IOException e) {
      throw StepFailedException.lasting(FailureKind.STORE_ERROR, "starting: " + e.getMessage(), e);
    }
  }

  private void begin(Stack stack) {
    if (books.ledger().isStarted()) {
      goOn(stack);
    } else {
      start(stack);
    }
  }

  private void start(Stack stack) {
    Song song = stack.fleet().live();
    checkBackend(stack.training().policy(), song.policy(), false);
    stack.publisher().rehearse(song.policy());
    RunPlan plan = StartPlan.of(config, stack, song.policy(), train, heldOut);
    ObjectNode data = RecordJson.object();
    data.set("plan", RecordJson.planData(plan));
    data.set("settings", RunSettings.of(config, train, heldOut));
    data.set(RecordJson.CANARY, RecordJson.song(song));
    listener.planned(plan);
    books.append(Kind.START, data, RecordJson.planMachine(plan));
  }

  private void goOn(Stack stack) {
    Ledger ledger = books.ledger();
    RunPlan plan = RecordJson.plan(ledger.startLine(), directory.root());
    checkSettings();
    checkModels(plan, StartPlan.of(config, stack, ledger.song().policy(), train, heldOut));
    checkBackend(stack.training().policy(), ledger.song().policy(), ledger.stored().isPresent());
    Song song = stack.publisher().restore(ledger.song().policy());
    if (!song.equals(ledger.song())) {
      throw StepFailedException.lasting(
          FailureKind.CANARY_MISMATCH,
          "canary: " + song + " (expected: " + ledger.song() + ", as before the interruption)",
          null);
    }
    int done = ledger.records().size();
    listener.planned(plan.resumedAfter(done));
    books.note("resumed", "after " + done + " iterations");
  }

  private void checkSettings() {
    List<String> differences =
        RunSettings.differences(
            books.ledger().startLine().data().path("settings"),
            RunSettings.of(config, train, heldOut));
    if (!differences.isEmpty()) {
      throw StepFailedException.lasting(
          FailureKind.STORE_ERROR,
          "config.yaml or a prompt file was changed since the run began: "
              + String.join("; ", differences),
          null);
    }
  }

  /** Judge and oracle must be those of the start: rewards of two judges can't be compared. */
  private static void checkModels(RunPlan then, RunPlan now) {
    for (int i = 0; i < then.models().size(); i++) {
      RunPlan.Model before = then.models().get(i);
      RunPlan.Model live = now.models().get(i);
      if (!before.role().equals("generator") && !before.equals(live)) {
        throw StepFailedException.lasting(
            FailureKind.JUDGE_ERROR,
            before.role() + " '" + before.name() + "': " + live + " (expected: " + before + ")",
            null);
      }
    }
  }

  /**
   * The backend trains the policy that is served, or, after an interruption, is one update ahead of
   * it.
   */
  private static void checkBackend(PolicyState backend, PolicyRef served, boolean mayBeAhead) {
    long version = backend.policyVersion();
    boolean same = version == served.version() && backend.policyDigest().equals(served.digest());
    boolean ahead = mayBeAhead && version == served.version() + 1;
    if (!same && !ahead) {
      throw StepFailedException.lasting(
          FailureKind.BACKEND_CONFLICT,
          "training backend: policy version "
              + version
              + " ("
              + backend.policyDigest()
              + ") (expected: "
              + served
              + ", which is served)",
          null);
    }
  }

  private Course course(Stack stack) throws IOException {
    List<Draw> draws = draws();
    ReferenceSets references = references(stack, draws);
    RolloutStage stage = new RolloutStage(stack.generator(), stack.judges(), clock, listener);
    LeaveOut leaveOut = new LeaveOut(config.policies(), config.judges());
    Rollouts rollouts = new Rollouts(stage, steps, leaveOut);
    Collector collector =
        new Collector(config, advantage(), directory, rollouts, steps, clock, listener);
    Evaluator evaluator =
        new Evaluator(
            stack.generator(),
            plain(config.evaluate().steps()),
            stack.judges(),
            references.heldOut(),
            stack.oracle());
    return new Course(
        config,
        planner,
        books,
        steps,
        clock,
        listener,
        collector,
        new Learner(config, directory, stack, steps, clock, listener),
        references,
        new HeldOut(evaluator, draws, directory.root(), config.evaluate().grid()),
        new Watch(config.monitor()),
        control);
  }

  private List<Draw> draws() {
    int probes = config.evaluate().every() > 0 ? config.evaluate().probeImages() : 0;
    int most = Math.max(config.evaluate().heldOutImages(), probes);
    return Exhibition.draws(heldOut, config.evaluate().seed(), most);
  }

  /** Images for looking at are drawn without added noise. */
  private SamplerSettings plain(int length) {
    return new SamplerSettings(Sampler.ODE, length, 0, 0, 0, (float) config.rollouts().guidance());
  }

  private ReferenceSets references(Stack stack, List<Draw> draws) throws IOException {
    ReferenceMaker maker =
        new ReferenceMaker(stack.generator(), plain(config.rollouts().steps()), config.seed());
    ReferenceSets references = new ReferenceSets(directory, maker, stack.judges(), steps, listener);
    Ledger ledger = books.ledger();
    if (ledger.isPrepared()) {
      references.read(ledger.references());
    } else if (ReferenceSets.isNeeded(config) || config.advantage().noiseRepeats() > 0) {
      prepare(stack, references, draws);
    }
    return references;
  }

  private void prepare(Stack stack, ReferenceSets references, List<Draw> draws) {
    PolicyRef initial = books.ledger().song().policy();
    ObjectNode data = RecordJson.object();
    if (ReferenceSets.isNeeded(config)) {
      data.set("references", references(references, draws, initial));
    }
    if (config.advantage().noiseRepeats() > 0) {
      data.set(Ledger.NOISE, noise(stack, references, initial));
    }
    books.append(Kind.PREPARED, data, RecordJson.object());
  }

  private ObjectNode references(ReferenceSets references, List<Draw> draws, PolicyRef initial) {
    Map<ReferenceSets.Set, List<Prompt>> prompts =
        Map.of(
            ReferenceSets.Set.TRAIN,
            planned(),
            ReferenceSets.Set.HELD_OUT,
            draws.stream().map(Draw::prompt).distinct().toList());
    SortedMap<String, String> digests =
        clock.during(StageNames.GENERATE, () -> references.prepare(prompts, initial));
    return RecordJson.of(digests);
  }

  private ObjectNode noise(Stack stack, ReferenceSets references, PolicyRef initial) {
    JudgeNoise noise =
        new JudgeNoise(stack.generator(), plain(config.rollouts().steps()), stack.judges(), clock);
    List<Draw> draws = JudgeNoise.draws(planned(), config.seed());
    List<Prompt> prompts = draws.stream().map(Draw::prompt).toList();
    Map<String, References> own = references.training(prompts, initial);
    int repeats = config.advantage().noiseRepeats();
    double deviation =
        steps.wholly(
            "the judges' noise",
            () -> noise.measure(draws, initial, own, repeats, done -> reportNoise(done, repeats)));
    return RecordJson.object()
        .put("images", draws.size())
        .put("repeats", repeats)
        .put(Ledger.DEVIATION, deviation);
  }

  private void reportNoise(int done, int repeats) {
    listener.progress(new Progress(Progress.Stage.NOISE, done, repeats));
  }

  /** As configured, with the floor raised to the judges' noise where that was measured. */
  private AdvantageConfig advantage() {
    OptionalDouble noise = books.ledger().noise();
    if (noise.isEmpty()) {
      return config.advantage();
    }
    AdvantageConfig raised = config.advantage().above(noise.getAsDouble());
    listener.judgeNoise(noise.getAsDouble(), raised.floor());
    return raised;
  }

  /** The prompts that the run is going to use, in the order of their first use. */
  private List<Prompt> planned() {
    Set<Prompt> prompts = new LinkedHashSet<>();
    for (int i = 0; i < config.rollouts().iterations() && prompts.size() < train.size(); i++) {
      planner.plan(i).groups().stream().map(GroupPlan::prompt).forEach(prompts::add);
    }
    return new ArrayList<>(prompts);
  }
}
