package io.rewarddance.embedded.model.oracle;

import io.rewarddance.embedded.model.InferCall;
import java.nio.ByteBuffer;

/** The images of one row of a call. */
record RowImages(InferCall call, int row) {
  /** Bytes [size,size,3] of an input. */
  ByteBuffer of(String input) {
    return call.input(input).rows(row, row + 1).data();
  }
}
