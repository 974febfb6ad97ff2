package io.rewarddance.embedded.trainer.reference;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.model.generator.FlowGeneratorFactory;
import io.rewarddance.embedded.model.oracle.ShapesMeasure;
import io.rewarddance.embedded.testing.Calls;
import io.rewarddance.embedded.testing.Repository;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.preference.Choice;
import io.rewarddance.rollout.preference.Preference;
import io.rewarddance.rollout.preference.PreferenceSet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Preferences that only a reference explains: three images of the shipped generator for a prompt,
 * of which two are compared by their likeness to the third.
 */
final class StylePairs implements AutoCloseable {
  private static final int GROUP = 8;
  private static final int TRIPLES = 8;
  private static final int STEPS = 6;
  private static final int PIXELS = 32 * 32 * 3;

  /** Likenesses that are nearer than this are a tie, which isn't asked. */
  private static final double GAP = 0.1;

  private final ExecutionPool pool = new ExecutionPool(2);
  private final ServedModel generator;
  private final ServedModel style;

  StylePairs() throws ModelLoadException {
    generator =
        new FlowGeneratorFactory()
            .open(
                Repository.config("shapes_generator"),
                Repository.version("shapes_generator"),
                1,
                pool);
    style =
        ShapesMeasure.STYLE.open(
            Repository.config("shapes_style"), Repository.version("shapes_style"), 1, pool);
  }

  /**
   * Half of the groups for prompts that name no colour.
   *
   * @param groups of images that share a prompt
   */
  PreferenceSet draw(List<String> prompts, int groups, long seed) {
    Map<Boolean, List<String>> kinds =
        prompts.stream().collect(Collectors.partitioningBy(StylePairs::isColourOpen));
    Random random = new Random(seed);
    List<Image> images = new ArrayList<>();
    List<Preference> pairs = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      List<String> kind = kinds.get(random.nextBoolean());
      String prompt = kind.get(random.nextInt(kind.size()));
      int from = images.size();
      images.addAll(generate(prompt, random));
      pairs.addAll(compare(prompt, images.subList(from, from + GROUP), from, random));
    }
    return new PreferenceSet(images, pairs);
  }

  private List<Image> generate(String prompt, Random random) {
    String[] prompts = new String[GROUP];
    Arrays.fill(prompts, prompt);
    Calls calls = Calls.generator(prompts, random.longs(GROUP).toArray());
    calls.with(Calls.ints("steps", GROUP, STEPS));
    byte[] rgb = bytes(generator.infer(List.of(calls.call())).get(0), "image");
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < GROUP; i++) {
      images.add(Image.of(32, 32, Arrays.copyOfRange(rgb, i * PIXELS, (i + 1) * PIXELS)));
    }
    return images;
  }

  private List<Preference> compare(String prompt, List<Image> group, int from, Random random) {
    List<Preference> pairs = new ArrayList<>();
    for (int t = 0; t < TRIPLES; t++) {
      List<Integer> drawn = new ArrayList<>(IntStream.range(0, GROUP).boxed().toList());
      Collections.shuffle(drawn, random);
      int first = drawn.get(0);
      int second = drawn.get(1);
      int reference = drawn.get(2);
      float lead = lead(prompt, group.get(first), group.get(second), group.get(reference));
      if (Math.abs(lead) >= GAP) {
        pairs.add(
            new Preference(
                prompt,
                from + first,
                from + second,
                lead > 0 ? Choice.SECOND : Choice.FIRST,
                "style",
                "",
                from + reference,
                isColourOpen(prompt) ? "colour open" : "colour named"));
      }
    }
    return pairs;
  }

  /** How much more the second image is like the reference than the first. */
  private float lead(String prompt, Image first, Image second, Image reference) {
    Calls calls =
        Calls.oracle(new String[] {prompt, prompt}, joined(first, second))
            .with(Calls.images("reference", 2, joined(reference, reference)));
    float[] scores = Calls.outputs(style.infer(List.of(calls.call())).get(0)).get("score").floats();
    return scores[1] - scores[0];
  }

  private static byte[] joined(Image one, Image other) {
    return ByteBuffer.allocate(2 * PIXELS).put(one.rgb()).put(other.rgb()).array();
  }

  private static boolean isColourOpen(String prompt) {
    return Arrays.stream(prompt.split(" "))
        .noneMatch(List.of("red", "green", "blue", "yellow")::contains);
  }

  private static byte[] bytes(InferResult result, String output) {
    byte[] bytes = new byte[Calls.outputs(result).get(output).data().remaining()];
    Calls.outputs(result).get(output).data().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    generator.close();
    style.close();
    pool.close();
  }
}
