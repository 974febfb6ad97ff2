package io.rewarddance.embedded.model.generator;

import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.request.ModelParameters;

/**
 * What config.pbtxt says of a generator.
 *
 * @param shape of images or videos
 * @param sigmaShift shift of the noise schedule
 * @param promptTokens ids a prompt becomes
 * @param maxSteps most steps a request may ask for
 */
record GeneratorSettings(SampleShape shape, double sigmaShift, int promptTokens, int maxSteps) {
  static GeneratorSettings of(ModelParameters parameters) throws ModelLoadException {
    return new GeneratorSettings(
        SampleShape.of(parameters),
        parameters.positive("sigma_shift"),
        parameters.count("prompt_tokens"),
        parameters.count("max_steps"));
  }
}
