package io.rewarddance.embedded.server.lifecycle;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.ModelFactories;
import io.rewarddance.embedded.model.ModelFactory;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.server.repository.ModelSource;
import io.rewarddance.embedded.server.schedule.Batcher;
import io.rewarddance.embedded.server.schedule.VersionStatistics;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens one version of a model. */
final class VersionLoader {
  /** Reason of a version that was retired on purpose. */
  static final String UNLOADED = "unloaded";

  /** The configuration's parameter that names the kind of model. */
  private static final String KIND = "rewarddance_model";

  private final ModelFactories factories;
  private final ExecutionPool pool;

  VersionLoader(ModelFactories factories, ExecutionPool pool) {
    this.factories = factories;
    this.pool = pool;
  }

  LoadedVersion open(ModelSource source, long version) throws ModelLoadException {
    ModelConfig config = source.config();
    Map<String, List<String>> labels = labels(source);
    ServedModel model;
    try {
      model =
          factory(config)
              .open(config, source.directory().resolve(Long.toString(version)), version, pool);
    } catch (RuntimeException | LinkageError e) {
      throw new ModelLoadException(e.toString(), e);
    }
    VersionStatistics statistics = new VersionStatistics();
    Batcher batcher = new Batcher(config, version, model, statistics);
    return new LoadedVersion(config, version, batcher, statistics, labels);
  }

  private static Map<String, List<String>> labels(ModelSource source) throws ModelLoadException {
    Map<String, List<String>> labels = new HashMap<>();
    for (ModelOutput output : source.config().getOutputList()) {
      if (!output.getLabelFilename().isEmpty()) {
        Path file = source.directory().resolve(output.getLabelFilename());
        try {
          labels.put(output.getName(), Files.readAllLines(file));
        } catch (IOException e) {
          throw new ModelLoadException("failed to open text file for read " + file, e);
        }
      }
    }
    return labels;
  }

  private ModelFactory factory(ModelConfig config) throws ModelLoadException {
    if (!config.containsParameters(KIND)) {
      throw new ModelLoadException(
          "parameter '%s': missing for model '%s' (expected: one of %s)"
              .formatted(KIND, config.getName(), factories.kinds()));
    }
    String kind = config.getParametersOrThrow(KIND).getStringValue();
    return factories
        .find(kind)
        .orElseThrow(
            () ->
                new ModelLoadException(
                    "parameter '%s': '%s' for model '%s' (expected: one of %s)"
                        .formatted(KIND, kind, config.getName(), factories.kinds())));
  }
}
