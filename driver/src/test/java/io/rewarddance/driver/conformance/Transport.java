package io.rewarddance.driver.conformance;

import com.google.protobuf.Message;
import io.rewarddance.proto.triton.ModelInferRequest;
import java.util.List;

/** A client of one server. */
interface Transport extends AutoCloseable {
  Outcome infer(ModelInferRequest request);

  /** All on one stream. */
  List<Outcome> stream(List<ModelInferRequest> requests);

  /**
   * @param rpc any other method
   */
  Outcome control(String rpc, Message request);

  @Override
  void close();
}
