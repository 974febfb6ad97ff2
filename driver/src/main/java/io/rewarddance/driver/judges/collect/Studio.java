package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.adhoc.AdHocModels;
import io.rewarddance.driver.config.PreferenceSetConfig;
import io.rewarddance.driver.config.PreferencesConfig;
import io.rewarddance.driver.config.PreferencesConfig.Source;
import io.rewarddance.driver.evaluate.Oracle;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.generate.Generator;
import io.rewarddance.driver.judges.GuestModel;
import io.rewarddance.driver.local.Workspace;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.plan.Seeds;
import io.rewarddance.driver.publish.Canary;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models of a collection, served. */
final class Studio implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Studio.class);

  /** A source that can be asked. */
  record Painter(Generator generator, PolicyRef policy) {}

  private final PreferencesConfig config;
  private final Prompt first;
  private final Path served;
  private final AdHocModels models;
  private final Map<String, Painter> painters = new HashMap<>();
  private final Oracle oracle;
  private final Optional<ColumnModel> style;
  private final Optional<ColumnModel> words;

  /**
   * @param first a prompt that every source can draw
   * @param served directory for the embedded server's copies; deleted at the end
   */
  Studio(PreferencesConfig config, Prompt first, Path served) throws IOException {
    this.config = config;
    this.first = first;
    this.served = served;
    this.models = config.triton().embedded() ? embedded() : remote();
    boolean opened = false;
    try {
      ServedModel eyes = models.describe(config.triton().oracle().orElseThrow());
      oracle = new Oracle(eyes, models.inference());
      for (Source source : config.sources()) {
        painters.put(source.name(), painter(source, eyes));
      }
      boolean compares = config.sets().stream().anyMatch(set -> set.reference().isPresent());
      boolean talks = config.sets().stream().anyMatch(PreferenceSetConfig::reasons);
      style = compares ? Optional.of(style()) : Optional.empty();
      words = talks ? Optional.of(words()) : Optional.empty();
      opened = true;
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  private AdHocModels embedded() throws IOException {
    Trees.delete(served);
    Path repository = config.triton().repository().orElseThrow();
    Set<String> names = names();
    config.also().forEach(model -> names.remove(model.getFileName().toString()));
    Workspace.copyModels(repository, served, names);
    for (Path model : config.also()) {
      Trees.copy(model, served.resolve(model.getFileName()));
    }
    for (Source source : published()) {
      SourceModels.install(served, config, source);
    }
    return AdHocModels.inPlace(served, config.triton(), config.effectiveThreads());
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    config.sources().forEach(source -> names.add(source.model()));
    config.triton().oracle().ifPresent(names::add);
    if (config.sets().stream().anyMatch(set -> set.reference().isPresent())) {
      config.style().ifPresent(column -> names.add(column.model()));
    }
    if (config.sets().stream().anyMatch(PreferenceSetConfig::reasons)) {
      names.add(config.reasons().model());
    }
    return names;
  }

  private List<Source> published() {
    return config.sources().stream().filter(source -> source.weights().isPresent()).toList();
  }

  private AdHocModels remote() throws IOException {
    AdHocModels open = AdHocModels.open(config.triton(), names(), config.effectiveThreads());
    boolean loaded = false;
    try {
      if (!published().isEmpty()) {
        GuestModel.rehearse(open.controls());
      }
      for (Source source : published()) {
        SourceModels.install(config.publishDirectory().orElseThrow(), config, source);
        String name = SourceModels.name(config, source);
        new GuestModel(name, open.controls()).load(config.triton().loadDeadline());
      }
      loaded = true;
      return open;
    } finally {
      if (!loaded) {
        withdraw(open);
        open.close();
      }
    }
  }

  private Painter painter(Source source, ServedModel eyes) throws IOException {
    ServedModel model = models.describe(SourceModels.name(config, source));
    Contracts.requireSampleShape(model, eyes);
    Generator generator = new Generator(model, models.inference());
    Draw draw = new Draw(first, Seeds.derive(config.seed(), Seeds.Purpose.CANARY));
    Canary canary = new Canary(generator, draw, false, false);
    PolicyRef policy = canary.sing(models.inference(), OptionalLong.empty()).policy();
    return new Painter(generator, policy);
  }

  private ColumnModel style() throws IOException {
    PreferencesConfig.Column column = config.style().orElseThrow();
    return ColumnModel.numbers(models.describe(column.model()), column, models.inference());
  }

  private ColumnModel words() throws IOException {
    PreferencesConfig.Column column = config.reasons();
    return ColumnModel.words(models.describe(column.model()), column, models.inference());
  }

  Painter painter(String source) {
    return painters.get(source);
  }

  Oracle oracle() {
    return oracle;
  }

  ColumnModel likeness() {
    return style.orElseThrow();
  }

  ColumnModel critic() {
    return words.orElseThrow();
  }

  @Override
  public void close() {
    if (!config.triton().embedded()) {
      withdraw(models);
    }
    models.close();
    clean();
  }

  /** Takes published sources out of servers that aren't ours, and out of their repository. */
  private void withdraw(AdHocModels from) {
    for (Source source : published()) {
      String name = SourceModels.name(config, source);
      List<String> left = new GuestModel(name, from.controls()).unload(any -> true);
      try {
        Trees.delete(config.publishDirectory().orElseThrow().resolve(name));
      } catch (IOException e) {
        left.add(e.toString());
      }
      if (!left.isEmpty()) {
        LOG.warn("'{}' is left behind: {}", name, String.join("; ", left));
      }
    }
  }

  private void clean() {
    try {
      Trees.delete(served);
    } catch (IOException e) {
      LOG.warn("{} is left behind", served, e);
    }
  }
}
