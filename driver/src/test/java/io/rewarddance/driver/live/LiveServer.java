package io.rewarddance.driver.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.publish.ModelText;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.driver.testing.TritonConfigs;
import io.rewarddance.driver.triton.ModelControl;
import io.rewarddance.driver.triton.TritonClient;
import io.rewarddance.proto.triton.RepositoryIndexResponse.ModelIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server under way, as its operator sees it.
 *
 * @param endpoint {@code host:port}
 * @param repository that it reads
 */
record LiveServer(String endpoint, Path repository) {
  private static final Path MODELS =
      Path.of(System.getProperty("rewarddance.root", ".."), "triton-models");

  /** Puts models into the repository that aren't shipped in it. */
  static void addModels(Path repository) throws IOException {
    for (String model : List.of("annotators/shapes_critic", "bases/shapes_vlm_s")) {
      Path from = MODELS.resolve(model);
      Trees.copy(from, repository.resolve(from.getFileName()));
    }
  }

  /** As overrides of a job's file. */
  String endpoints() {
    return "triton.endpoints=['" + endpoint + "']";
  }

  Set<String> ready() {
    return ask(
        control ->
            control.index().join().getModelsList().stream()
                .filter(model -> model.getState().equals("READY"))
                .map(ModelIndex::getName)
                .collect(Collectors.toSet()));
  }

  /** A parameter in the configuration of a model in service. */
  Optional<String> parameter(String model, String key) {
    return ask(control -> ModelText.parameter(control.modelConfig(model).join(), key));
  }

  void load(String model) {
    ask(control -> control.load(model, TritonConfigs.ofRetries(0).loadDeadline()).join());
  }

  void unload(String model) {
    ask(control -> control.unload(model).join());
  }

  private <T> T ask(Function<ModelControl, T> question) {
    try (TritonClient client =
        TritonClient.connect(List.of(endpoint), TritonConfigs.ofRetries(0), () -> 0)) {
      return question.apply(client.controls().get(0));
    }
  }

  /** Names of all directories in the repository, those that begin with a point too. */
  Set<String> directories() throws IOException {
    try (Stream<Path> children = Files.list(repository)) {
      return children.map(child -> child.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  void assertGone(String model) throws IOException {
    assertThat(ready()).doesNotContain(model);
    assertThat(directories()).noneMatch(name -> name.contains(model));
  }
}
