package io.rewarddance.embedded.weights;

import java.io.IOException;

/**
 * A file that isn't safetensors as this project writes them; the text names what is wrong where.
 */
public final class WeightsFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  WeightsFormatException(String message) {
    super(message);
  }

  WeightsFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
