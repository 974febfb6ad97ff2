package io.rewarddance.embedded.model.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every sentence of the video world over given shapes, colours and directions. */
final class VideoGrammar {
  private static final int MAX_WORDS = 6;

  private final Sentences<Scene> sentences;

  VideoGrammar(VideoLimits limits) {
    Map<String, Scene> scenes = new HashMap<>();
    List<String> shapes = limits.frame().shapes();
    List<String> colours = limits.frame().colours();
    for (int shape = 0; shape < shapes.size(); shape++) {
      for (int colour = Slot.ANY_COLOUR; colour < colours.size(); colour++) {
        boolean plain = colour == Slot.ANY_COLOUR;
        String noun = "a " + (plain ? "" : colours.get(colour) + " ") + shapes.get(shape);
        add(scenes, noun, new Slot(shape, colour), limits);
      }
    }
    sentences = new Sentences<>(scenes, MAX_WORDS, "a red circle moving left");
  }

  private static void add(Map<String, Scene> scenes, String noun, Slot slot, VideoLimits limits) {
    scenes.put(noun + " standing still", new Scene(slot, Optional.empty()));
    limits
        .directions()
        .forEach(
            (direction, step) -> {
              for (Scene.Speed speed : Scene.Speed.values()) {
                boolean any = speed == Scene.Speed.ANY;
                if (any || slot.hasColour()) {
                  scenes.put(
                      noun + " moving " + direction + (any ? "" : " " + word(speed)),
                      new Scene(
                          slot, Optional.of(new Scene.Motion(step.get(0), step.get(1), speed))));
                }
              }
            });
  }

  private static String word(Scene.Speed speed) {
    return speed.name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException naming the first unknown word, or the sentence
   */
  Scene parse(String text) {
    return sentences.parse(text);
  }
}
