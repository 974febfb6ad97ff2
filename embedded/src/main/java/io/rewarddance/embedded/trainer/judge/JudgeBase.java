package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.text.Tokenizer;
import io.rewarddance.embedded.trainer.model.ModelFiles;
import io.rewarddance.embedded.trainer.tensor.ParameterLayout;
import io.rewarddance.embedded.weights.Weights;
import io.rewarddance.proto.triton.ModelInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The judge that training starts from, as a Triton repository holds it. */
public final class JudgeBase {
  private static final int PIXEL_AXES = 3;

  private final ModelFiles files;
  private final ParameterLayout layout;
  private final Tokenizer tokenizer;
  private final AnswerWords words;
  private final List<Long> imageShape;

  private JudgeBase(
      ModelFiles files, Tokenizer tokenizer, AnswerWords words, List<Long> imageShape) {
    this.files = files;
    this.layout = files.layout();
    this.tokenizer = tokenizer;
    this.words = words;
    this.imageShape = imageShape;
  }

  /**
   * @throws IOException naming the file that is missing or unfit
   */
  public static JudgeBase read(Path versionDirectory) throws IOException {
    ModelFiles files = ModelFiles.read(versionDirectory);
    Tokenizer tokenizer = files.tokenizer();
    AnswerWords words = AnswerWords.read(files, tokenizer.vocabulary());
    return new JudgeBase(files, tokenizer, words, imageShape(files));
  }

  /** Sha-256 of the weights file. */
  public String digest() {
    return files.digest();
  }

  public Weights weights() {
    return files.weights();
  }

  public ParameterLayout layout() {
    return layout;
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  public AnswerWords words() {
    return words;
  }

  /**
   * A trace of the base.
   *
   * @throws BadPreferencesException naming the file when the base lacks it
   */
  Path trace(String name, String neededBy) {
    Path trace = files.file(name);
    if (!Files.isRegularFile(trace)) {
      throw new BadPreferencesException(
          trace + ": no such file (expected: a base with the trace that " + neededBy + " needs)");
    }
    return trace;
  }

  /**
   * @throws BadPreferencesException when images of this size aren't what the judge sees
   */
  void requireImages(String file, int height, int width) {
    if (imageShape.get(0) != height || imageShape.get(1) != width) {
      throw new BadPreferencesException(
          "%s: images of %dx%d (expected: %dx%d, as the base's config.pbtxt says)"
              .formatted(file, height, width, imageShape.get(0), imageShape.get(1)));
    }
  }

  private static List<Long> imageShape(ModelFiles files) throws IOException {
    for (ModelInput input : files.config().getInputList()) {
      if (input.getName().equals("image") && input.getDimsCount() == PIXEL_AXES) {
        return List.copyOf(input.getDimsList());
      }
    }
    throw new IOException(
        files.file("..").resolve("config.pbtxt").normalize()
            + ": no input image of three axes (expected: a judge)");
  }
}
