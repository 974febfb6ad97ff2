package io.rewarddance.embedded.server.grpc;

import io.grpc.Decompressor;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;

/** Reads requests compressed with "deflate" (zlib), which grpc-java does not bring along. */
final class DeflateCodec implements Decompressor {
  @Override
  public String getMessageEncoding() {
    return "deflate";
  }

  @Override
  public InputStream decompress(InputStream compressed) {
    return new InflaterInputStream(compressed);
  }
}
