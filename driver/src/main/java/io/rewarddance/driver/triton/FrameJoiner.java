package io.rewarddance.driver.triton;

import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.handler.codec.ByteToMessageDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandler;

/**
 * Makes the HTTP/2 decoder string buffers together where a frame begins in one and ends in the
 * next. Left alone it copies both into a third, which in a large message is every byte once more.
 *
 * <p>Waits for the first bytes, since gRPC puts the decoder into the pipeline only once the
 * connection (and TLS) stands.
 */
final class FrameJoiner extends ChannelInboundHandlerAdapter {
  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    Http2ConnectionHandler decoder = context.pipeline().get(Http2ConnectionHandler.class);
    if (decoder != null) {
      decoder.setCumulator(ByteToMessageDecoder.COMPOSITE_CUMULATOR);
      context.pipeline().remove(this);
    }
    context.fireChannelRead(bytes);
  }
}
