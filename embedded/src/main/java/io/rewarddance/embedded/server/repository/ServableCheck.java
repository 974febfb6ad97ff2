package io.rewarddance.embedded.server.repository;

import static io.rewarddance.embedded.server.repository.ConfigCheck.refuse;

import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelInstanceGroup;
import java.util.Optional;

/** What a valid configuration may ask for and this server, or a machine without GPU, can't do. */
public final class ServableCheck {
  private ServableCheck() {}

  /** What can't be done; empty when the configuration can be served. */
  public static Optional<String> problem(ModelConfig config) {
    try {
      refuseUnsupported(config);
      config.getInstanceGroupList().forEach(group -> checkGroup(group, config.getName()));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static void refuseUnsupported(ModelConfig config) {
    String ending = " is not supported by this server, for " + config.getName();
    refuse(config.hasSequenceBatching(), "sequence_batching" + ending);
    refuse(config.hasEnsembleScheduling(), "ensemble_scheduling" + ending);
    refuse(
        config.getModelTransactionPolicy().getDecoupled(),
        "model_transaction_policy { decoupled: true }" + ending);
    refuse(config.getBatchInputCount() > 0, "batch_input" + ending);
    refuse(config.getBatchOutputCount() > 0, "batch_output" + ending);
    refuse(config.getResponseCache().getEnable(), "response_cache" + ending);
    refuse(config.hasModelRepositoryAgents(), "model_repository_agents" + ending);
    refuse(config.getModelWarmupCount() > 0, "model_warmup" + ending);
  }

  private static void checkGroup(ModelInstanceGroup group, String model) {
    String who = "instance group " + group.getName() + " of model " + model;
    refuse(
        group.getKind() == ModelInstanceGroup.Kind.KIND_GPU,
        who + " has kind KIND_GPU but no GPUs are available");
    refuse(
        group.getGpusCount() > 0,
        who + " has kind " + group.getKind() + " but specifies one or more GPUs");
    refuse(
        group.getProfileCount() > 0,
        who + " specifies profile field which is only supported for TensorRT models");
  }
}
