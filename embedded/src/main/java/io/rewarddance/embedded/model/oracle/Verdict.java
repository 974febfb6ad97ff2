package io.rewarddance.embedded.model.oracle;

/**
 * The oracle's answers for an image and a prompt.
 *
 * @param templateFit share of the objects found that clearly have a shape; 0 when none is found
 * @param grain of the background, grey levels
 * @param diversityLabel colour code of the largest object when the prompt names no colour, else -1
 */
record Verdict(Score score, double templateFit, double grain, int diversityLabel) {}
