package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.config.PreferenceSetConfig;
import io.rewarddance.driver.config.PreferencesConfig;
import io.rewarddance.driver.config.PreferencesConfig.Source;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Draws the images of a set, some groups at a time; what was drawn before a job was killed is taken
 * from disk.
 */
final class Gallery {
  private static final int CHUNK_IMAGES = 256;

  private final PreferencesConfig config;
  private final PreferenceSetConfig set;
  private final SetPlan plan;
  private final Studio studio;
  private final Path directory;

  /**
   * @param directory for what has been drawn; may be deleted when the set is done
   */
  Gallery(
      PreferencesConfig config,
      PreferenceSetConfig set,
      SetPlan plan,
      Studio studio,
      Path directory) {
    this.config = config;
    this.set = set;
    this.plan = plan;
    this.studio = studio;
    this.directory = directory;
  }

  /** All images of the set. */
  Map<ImageId, Image> draw(SetStage stage) throws JobException {
    Map<ImageId, Image> images = new TreeMap<>();
    int total = plan.groups().size() * plan.imagesOfGroup();
    int groups = Math.max(1, CHUNK_IMAGES / plan.imagesOfGroup());
    stage.progress("drawing", 0, total);
    for (int from = 0; from < plan.groups().size(); from += groups) {
      stage.check();
      int to = Math.min(from + groups, plan.groups().size());
      images.putAll(chunk(plan.groups().subList(from, to)));
      stage.progress("drawing", images.size(), total);
    }
    return images;
  }

  private Map<ImageId, Image> chunk(List<PlannedGroup> groups) throws JobException {
    // By source: a request can't mix them.
    Map<String, List<ImageId>> wanted = new LinkedHashMap<>();
    for (PlannedGroup group : groups) {
      for (int member = 0; member < plan.imagesOfGroup(); member++) {
        String source = member < set.groupSize() ? group.source() : group.referenceSource();
        ImageId id = new ImageId(group.index(), member);
        wanted.computeIfAbsent(source, s -> new ArrayList<>()).add(id);
      }
    }
    List<ImageId> ids = wanted.values().stream().flatMap(List::stream).toList();
    Path file = directory.resolve("images-" + groups.get(0).index() + ".bin");
    try {
      String key = key(wanted);
      Optional<List<Image>> kept = ImageCache.read(file, key);
      List<Image> images = kept.isPresent() ? kept.get() : drawn(wanted);
      if (kept.isEmpty()) {
        ImageCache.write(file, key, images);
      }
      Map<ImageId, Image> byId = new TreeMap<>();
      for (int i = 0; i < ids.size(); i++) {
        byId.put(ids.get(i), images.get(i));
      }
      return byId;
    } catch (IOException e) {
      throw JobException.failed(e);
    }
  }

  /** Everything that the images depend on. */
  private String key(Map<String, List<ImageId>> wanted) {
    StringBuilder text = new StringBuilder();
    wanted.forEach(
        (name, ids) -> {
          Source source = config.source(name);
          text.append(source.model()).append(' ').append(source.sampler()).append(' ');
          text.append(studio.painter(name).policy()).append('\n');
          for (ImageId id : ids) {
            text.append(plan.imageSeed(id)).append(' ');
            text.append(plan.groups().get(id.group()).prompt().text()).append('\n');
          }
        });
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return Sha256.of(bytes);
  }

  /** All sources are asked at once: the client bounds what is under way. */
  private List<Image> drawn(Map<String, List<ImageId>> wanted) throws JobException {
    List<CompletableFuture<List<Outcome<Image>>>> asked = new ArrayList<>();
    wanted.forEach(
        (source, ids) -> {
          Studio.Painter painter = studio.painter(source);
          List<Draw> draws = ids.stream().map(this::draw).toList();
          String id = set.name() + "/source=" + source + "/group=" + ids.get(0).group();
          SamplerSettings sampler = config.source(source).sampler();
          asked.add(painter.generator().images(id, draws, sampler, painter.policy()));
        });
    List<Image> images = new ArrayList<>();
    for (CompletableFuture<List<Outcome<Image>>> part : asked) {
      images.addAll(SetStage.all(part));
    }
    return images;
  }

  private Draw draw(ImageId id) {
    return new Draw(plan.groups().get(id.group()).prompt(), plan.imageSeed(id));
  }
}
