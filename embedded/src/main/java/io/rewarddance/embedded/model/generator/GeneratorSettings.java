package io.rewarddance.embedded.model.generator;

import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.request.ModelParameters;

/**
 * What config.pbtxt says of a generator.
 *
 * @param height of images, pixels
 * @param width of images, pixels
 * @param sigmaShift shift of the noise schedule
 * @param promptTokens ids a prompt becomes
 * @param maxSteps most steps a request may ask for
 */
record GeneratorSettings(int height, int width, double sigmaShift, int promptTokens, int maxSteps) {
  static final int CHANNELS = 3;

  static GeneratorSettings of(ModelParameters parameters) throws ModelLoadException {
    return new GeneratorSettings(
        parameters.count("image_height"),
        parameters.count("image_width"),
        parameters.positive("sigma_shift"),
        parameters.count("prompt_tokens"),
        parameters.count("max_steps"));
  }

  /** Elements of a latent. */
  int latentSize() {
    return CHANNELS * height * width;
  }
}
