package io.rewarddance.embedded.model.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Finds a graph's weights: its initializers whose data lie in another file. Reads only the few
 * fields of the ONNX format that this needs.
 */
final class GraphFile {
  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int TENSOR_DIMENSIONS = 1;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_DATA_LOCATION = 14;
  private static final int EXTERNAL = 1;

  private GraphFile() {}

  /** The shape of each weight by its name. */
  static Map<String, long[]> externalInitializers(byte[] model) throws IOException {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (byte[] graph : messages(model, MODEL_GRAPH)) {
      for (byte[] tensor : messages(graph, GRAPH_INITIALIZER)) {
        addIfExternal(tensor, shapes);
      }
    }
    return shapes;
  }

  private static List<byte[]> messages(byte[] parent, int field) throws IOException {
    List<byte[]> found = new ArrayList<>();
    CodedInputStream in = CodedInputStream.newInstance(parent);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
        found.add(in.readByteArray());
      } else {
        in.skipField(tag);
      }
    }
    return found;
  }

  private static void addIfExternal(byte[] tensor, Map<String, long[]> shapes) throws IOException {
    String name = "";
    int location = 0;
    LongStream.Builder shape = LongStream.builder();
    CodedInputStream in = CodedInputStream.newInstance(tensor);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == tag(TENSOR_NAME, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
        name = in.readStringRequireUtf8();
      } else if (tag == tag(TENSOR_DATA_LOCATION, WireFormat.WIRETYPE_VARINT)) {
        location = in.readEnum();
      } else if (tag == tag(TENSOR_DIMENSIONS, WireFormat.WIRETYPE_VARINT)) {
        shape.add(in.readInt64());
      } else if (tag == tag(TENSOR_DIMENSIONS, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
        addPacked(in.readByteArray(), shape);
      } else {
        in.skipField(tag);
      }
    }
    if (location == EXTERNAL) {
      shapes.put(name, shape.build().toArray());
    }
  }

  private static void addPacked(byte[] dimensions, LongStream.Builder shape) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(dimensions);
    while (!in.isAtEnd()) {
      shape.add(in.readInt64());
    }
  }

  private static int tag(int field, int wireType) {
    return field << 3 | wireType;
  }
}
