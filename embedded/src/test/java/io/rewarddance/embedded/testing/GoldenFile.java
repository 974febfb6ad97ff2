package io.rewarddance.embedded.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tensors of any type that PyTorch wrote into {@code golden/NAME.safetensors}, with NAME.json. */
public final class GoldenFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String name;
  private final JsonNode header;
  private final ByteBuffer data;

  private GoldenFile(String name, JsonNode header, ByteBuffer data) {
    this.name = name;
    this.header = header;
    this.data = data;
  }

  public static GoldenFile open(String name) {
    ByteBuffer file =
        ByteBuffer.wrap(resource(name + ".safetensors")).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) file.getLong(0);
    JsonNode header = JSON.readTree(new String(file.array(), 8, length, StandardCharsets.UTF_8));
    return new GoldenFile(name, header, file.slice(8 + length, file.capacity() - 8 - length));
  }

  public static JsonNode json(String name) {
    return JSON.readTree(resource(name + ".json"));
  }

  /** The values that lie beside the tensors. */
  public JsonNode json() {
    return json(name);
  }

  private static byte[] resource(String file) {
    try (InputStream in = GoldenFile.class.getResourceAsStream("/golden/" + file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(file, e);
    }
  }

  private ByteBuffer tensor(String tensor) {
    JsonNode offsets = header.required(tensor).required("data_offsets");
    int begin = offsets.get(0).intValue();
    return data.slice(begin, offsets.get(1).intValue() - begin).order(ByteOrder.LITTLE_ENDIAN);
  }

  public byte[] bytes(String tensor) {
    byte[] values = new byte[tensor(tensor).remaining()];
    tensor(tensor).get(values);
    return values;
  }

  public float[] floats(String tensor) {
    float[] values = new float[tensor(tensor).remaining() / 4];
    tensor(tensor).asFloatBuffer().get(values);
    return values;
  }

  public double[] doubles(String tensor) {
    double[] values = new double[tensor(tensor).remaining() / 8];
    tensor(tensor).asDoubleBuffer().get(values);
    return values;
  }

  public int[] ints(String tensor) {
    int[] values = new int[tensor(tensor).remaining() / 4];
    tensor(tensor).asIntBuffer().get(values);
    return values;
  }

  public long[] longs(String tensor) {
    long[] values = new long[tensor(tensor).remaining() / 8];
    tensor(tensor).asLongBuffer().get(values);
    return values;
  }

  /** The texts of an array in the JSON file. */
  public String[] texts(String field) {
    return json().required(field).valueStream().map(JsonNode::stringValue).toArray(String[]::new);
  }
}
