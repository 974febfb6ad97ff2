package io.rewarddance.embedded.trainer.update;

import io.rewarddance.embedded.trainer.loss.Measures;
import io.rewarddance.embedded.trainer.state.TrainerState;
import io.rewarddance.embedded.trainer.step.Lerp;
import io.rewarddance.proto.training.UpdateResult;
import io.rewarddance.proto.training.UpdateSettings;
import java.util.ArrayList;
import java.util.List;

/** Puts the state after an update together from what its optimizer steps left. */
final class NextState {
  private final TrainerState before;
  private final UpdatePlan plan;
  private final Trainer trainer;
  private final double replayed;

  /**
   * @param replayed deviation of replayed rollouts, see {@link Replay}; 0 when none were
   */
  NextState(TrainerState before, UpdatePlan plan, Trainer trainer, double replayed) {
    this.before = before;
    this.plan = plan;
    this.trainer = trainer;
    this.replayed = replayed;
  }

  /** Weights that the next rollouts are drawn with. */
  float[] sampling() {
    if (trainer.steps().isEmpty()) {
      return before.sampling();
    }
    if (!plan.settings().algorithm().equals("nft")) {
      return trainer.weights();
    }
    double decay = plan.oldPolicy().decay(trainer.optimizer().steps());
    return Lerp.towards(before.sampling(), trainer.weights(), decay);
  }

  /**
   * @param sampling what {@link #sampling} gave
   * @param policyDigest of its weights file
   */
  TrainerState state(float[] sampling, String policyDigest, double seconds) {
    List<UpdateResult> history = new ArrayList<>(before.history());
    history.add(result(policyDigest, seconds));
    return new TrainerState(
        plan.header().run(),
        before.version() + 1,
        policyDigest,
        trainer.weights(),
        sampling,
        average(),
        trainer.optimizer(),
        history);
  }

  /**
   * The average's decay rises to its setting over the first updates: min((1 + n) / (10 + n), d).
   */
  private float[] average() {
    double updates = before.history().size();
    double decay = Math.min((1 + updates) / (10 + updates), plan.settings().average());
    return plan.settings().average() == 0
        ? trainer.weights()
        : Lerp.towards(before.average(), trainer.weights(), decay);
  }

  private UpdateResult result(String policyDigest, double seconds) {
    List<Trainer.StepMeasures> steps = trainer.steps();
    UpdateSettings settings = plan.settings();
    Measures all =
        steps.stream().map(Trainer.StepMeasures::measures).reduce(Measures.NONE, Measures::plus);
    boolean grpo = settings.algorithm().equals("grpo");
    return new UpdateResult(
        plan.header().run(),
        plan.header().iteration(),
        plan.digest(),
        before.version() + 1,
        policyDigest,
        trainer.optimizer().steps(),
        plan.rollouts(),
        steps.size(),
        steps.stream().mapToDouble(s -> s.measures().meanLoss()).average().orElse(0),
        grpo && !steps.isEmpty() ? all.meanRatio() : 1,
        grpo && !steps.isEmpty() ? steps.get(0).measures().ratioDeviation() : replayed,
        all.shareClippedLow(),
        all.shareClippedHigh(),
        all.meanKl(),
        settings.klEstimator(),
        all.meanDistance(),
        steps.stream().mapToDouble(Trainer.StepMeasures::gradientNorm).average().orElse(0),
        plan.factor() * settings.optimizer().learningRate(),
        seconds);
  }
}
