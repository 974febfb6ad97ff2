package io.rewarddance.embedded.trainer.state;

import io.rewarddance.embedded.trainer.optimizer.OptimizerState;
import io.rewarddance.embedded.weights.SafeTensors;
import io.rewarddance.embedded.weights.WeightTensor;
import io.rewarddance.embedded.weights.Weights;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.proto.training.UpdateResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A state as the bytes of a safetensors file: each array is one flat tensor, everything else is
 * JSON under the metadata key {@code state}.
 */
final class CheckpointCodec {
  private static final String FORMAT = "rewarddance-checkpoint-1";

  private CheckpointCodec() {}

  private record Facts(
      String run,
      long version,
      String policyDigest,
      String initialDigest,
      long optimizerSteps,
      List<UpdateResult> history) {}

  /**
   * @param initialDigest of the weights that training started from
   */
  static byte[] encode(TrainerState state, String initialDigest) {
    OptimizerState optimizer = state.optimizer();
    TreeMap<String, WeightTensor> tensors = new TreeMap<>();
    tensors.put("trained", flat(state.trained()));
    tensors.put("sampling", flat(state.sampling()));
    tensors.put("average", flat(state.average()));
    tensors.put("adam.mean", flat(optimizer.mean()));
    tensors.put("adam.square", flat(optimizer.square()));
    tensors.put("muon.momentum", flat(optimizer.momentum()));
    Facts facts =
        new Facts(
            state.run(),
            state.version(),
            state.policyDigest(),
            initialDigest,
            optimizer.steps(),
            state.history());
    Map<String, String> metadata = Map.of("format", FORMAT, "state", TrainingJson.write(facts));
    return SafeTensors.encode(new Weights(tensors, new TreeMap<>(metadata)));
  }

  /**
   * @throws IOException when the bytes are no checkpoint, or one of other initial weights
   */
  static TrainerState decode(byte[] bytes, String source, String initialDigest) throws IOException {
    Weights file = SafeTensors.decode(bytes, source);
    try {
      Facts facts = TrainingJson.read(require(file.metadata(), "state"), Facts.class);
      if (!facts.initialDigest().equals(initialDigest)) {
        throw new IllegalArgumentException(
            "initial weights: "
                + facts.initialDigest()
                + " (expected: "
                + initialDigest
                + ", the model's; another model's state can't be continued)");
      }
      OptimizerState optimizer =
          new OptimizerState(
              values(file, "adam.mean"),
              values(file, "adam.square"),
              values(file, "muon.momentum"),
              facts.optimizerSteps());
      return new TrainerState(
          facts.run(),
          facts.version(),
          facts.policyDigest(),
          values(file, "trained"),
          values(file, "sampling"),
          values(file, "average"),
          optimizer,
          facts.history());
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(source + ": " + e.getMessage(), e);
    }
  }

  private static WeightTensor flat(float[] values) {
    return new WeightTensor(new long[] {values.length}, values);
  }

  private static float[] values(Weights file, String name) {
    return require(file.tensors(), name).values();
  }

  private static <T> T require(Map<String, T> map, String name) {
    T value = map.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + ": missing (expected: a checkpoint)");
    }
    return value;
  }
}
