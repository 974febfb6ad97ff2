package io.rewarddance.driver.benchmark;

/**
 * What one measurement asks of a server.
 *
 * @param model which of the two models
 * @param rows images of a request
 * @param inFlight requests that wait for an answer at a time
 * @param images in all, a multiple of {@code rows}
 */
record Load(Model model, int rows, int inFlight, int images) {
  enum Model {
    JUDGE,
    GENERATOR
  }
}
