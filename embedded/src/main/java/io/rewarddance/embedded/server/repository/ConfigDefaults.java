package io.rewarddance.embedded.server.repository;

import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelInstanceGroup;
import io.rewarddance.proto.triton.ModelOptimizationPolicy.PinnedMemoryBuffer;
import io.rewarddance.proto.triton.ModelVersionPolicy;

/** Fills what a configuration leaves open, with Triton's defaults on a machine without a GPU. */
public final class ConfigDefaults {
  private ConfigDefaults() {}

  public static ModelConfig fill(ModelConfig config) {
    ModelConfig.Builder filled = config.toBuilder();
    if (!config.hasVersionPolicy()) {
      filled
          .getVersionPolicyBuilder()
          .setLatest(ModelVersionPolicy.Latest.newBuilder().setNumVersions(1));
    }
    if (config.hasDynamicBatching()
        && config.getDynamicBatching().getPreferredBatchSizeCount() == 0
        && config.getMaxBatchSize() > 0) {
      filled.getDynamicBatchingBuilder().addPreferredBatchSize(config.getMaxBatchSize());
    }
    if (!config.hasEnsembleScheduling()) {
      fillOptimization(filled);
      fillInstanceGroups(filled);
    }
    if (config.getDefaultModelFilename().isEmpty() && config.getBackend().equals("python")) {
      filled.setDefaultModelFilename("model.py");
    }
    return filled.build();
  }

  private static void fillOptimization(ModelConfig.Builder config) {
    PinnedMemoryBuffer enabled = PinnedMemoryBuffer.newBuilder().setEnable(true).build();
    if (!config.getOptimization().hasInputPinnedMemory()) {
      config.getOptimizationBuilder().setInputPinnedMemory(enabled);
    }
    if (!config.getOptimization().hasOutputPinnedMemory()) {
      config.getOptimizationBuilder().setOutputPinnedMemory(enabled);
    }
  }

  private static void fillInstanceGroups(ModelConfig.Builder config) {
    if (config.getInstanceGroupCount() == 0) {
      config.addInstanceGroupBuilder().setName(config.getName());
    }
    for (int i = 0; i < config.getInstanceGroupCount(); i++) {
      ModelInstanceGroup.Builder group = config.getInstanceGroupBuilder(i);
      if (group.getName().isEmpty()) {
        group.setName(config.getName() + "_" + i);
      }
      if (group.getKind() == ModelInstanceGroup.Kind.KIND_AUTO) {
        group.setKind(ModelInstanceGroup.Kind.KIND_CPU);
      }
      if (group.getCount() < 1) {
        group.setCount(1);
      }
    }
  }
}
