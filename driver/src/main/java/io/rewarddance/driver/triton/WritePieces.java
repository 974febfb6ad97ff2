package io.rewarddance.driver.triton;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelOutboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelPromise;

/**
 * Cuts large buffers into pieces, which are views, so that a message goes out in few system calls.
 *
 * <p>Netty gathers buffers into one call up to a limit that begins at 32 KiB (twice the socket's
 * send buffer) and doubles with every call that was taken whole. Triton asks for frames of 64 KiB:
 * uncut, none fits beside its header of 9 bytes, so every header is a call and a packet of its own,
 * and the limit never grows.
 */
final class WritePieces extends ChannelOutboundHandlerAdapter {
  private static final int PIECE = 32 << 10;

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
    if (message instanceof ByteBuf bytes) {
      while (bytes.readableBytes() > PIECE) {
        context.write(bytes.readRetainedSlice(PIECE));
      }
    }
    context.write(message, written);
  }
}
