package io.rewarddance.embedded.trainer.state;

import io.rewarddance.proto.training.JudgeUpdateResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The checkpoint of a judge in training. */
public final class JudgeCheckpoint implements CheckpointFormat<JudgeTrainingState> {
  private static final String FORMAT = "rewarddance-judge-checkpoint-1";

  private record Facts(
      String judge,
      String baseDigest,
      String weightsDigest,
      long optimizerSteps,
      List<JudgeUpdateResult> history) {}

  @Override
  public long version(JudgeTrainingState state) {
    return state.step();
  }

  @Override
  public byte[] encode(JudgeTrainingState state) {
    Facts facts =
        new Facts(
            state.judge(),
            state.baseDigest(),
            state.weightsDigest(),
            state.optimizer().steps(),
            state.history());
    Map<String, float[]> arrays = Map.of("trained", state.trained(), "average", state.average());
    return StateFile.encode(FORMAT, facts, arrays, state.optimizer());
  }

  @Override
  public JudgeTrainingState decode(byte[] bytes, String source) throws IOException {
    StateFile file = StateFile.decode(bytes, source);
    try {
      Facts facts = file.facts(FORMAT, Facts.class);
      return new JudgeTrainingState(
          facts.judge(),
          facts.baseDigest(),
          facts.weightsDigest(),
          file.array("trained"),
          file.array("average"),
          file.optimizer(facts.optimizerSteps()),
          facts.history());
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(source + ": " + e.getMessage(), e);
    }
  }
}
