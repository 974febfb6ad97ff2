package io.rewarddance.embedded.trainer.state;

import io.rewarddance.proto.training.UpdateResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The checkpoint of a policy in training. */
public final class PolicyCheckpoint implements CheckpointFormat<TrainerState> {
  private static final String FORMAT = "rewarddance-checkpoint-1";

  private final String initialDigest;

  /**
   * @param initialDigest of the weights that training starts from
   */
  public PolicyCheckpoint(String initialDigest) {
    this.initialDigest = initialDigest;
  }

  private record Facts(
      String run,
      long version,
      String policyDigest,
      String initialDigest,
      long optimizerSteps,
      List<UpdateResult> history) {}

  @Override
  public long version(TrainerState state) {
    return state.version();
  }

  @Override
  public byte[] encode(TrainerState state) {
    Facts facts =
        new Facts(
            state.run(),
            state.version(),
            state.policyDigest(),
            initialDigest,
            state.optimizer().steps(),
            state.history());
    Map<String, float[]> arrays =
        Map.of(
            "trained", state.trained(), "sampling", state.sampling(), "average", state.average());
    return StateFile.encode(FORMAT, facts, arrays, state.optimizer());
  }

  @Override
  public TrainerState decode(byte[] bytes, String source) throws IOException {
    StateFile file = StateFile.decode(bytes, source);
    try {
      Facts facts = file.facts(FORMAT, Facts.class);
      if (!facts.initialDigest().equals(initialDigest)) {
        throw new IllegalArgumentException(
            "initial weights: "
                + facts.initialDigest()
                + " (expected: "
                + initialDigest
                + ", the model's; another model's state can't be continued)");
      }
      return new TrainerState(
          facts.run(),
          facts.version(),
          facts.policyDigest(),
          file.array("trained"),
          file.array("sampling"),
          file.array("average"),
          file.optimizer(facts.optimizerSteps()),
          facts.history());
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(source + ": " + e.getMessage(), e);
    }
  }
}
