package io.rewarddance.driver.triton;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.buffer.ByteBufAllocator;
import io.grpc.netty.shaded.io.netty.buffer.PooledByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFactory;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.RecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.WriteBufferWaterMark;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.ResourceLeakDetector;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What moves the bytes of all channels: sockets, their buffers, and daemon threads that live as
 * long as the JVM. Netty's own choices are made for messages of kilobytes.
 */
final class Transport {
  private static final int PAGE = 8 << 10;

  /** Pages in a chunk, as a power of two: 16 MiB. */
  private static final int CHUNK_ORDER = 11;

  /** Few, since each holds a chunk. */
  private static final int ARENAS = 2;

  /**
   * HTTP/2 frames are made until so much waits for the socket. Netty's own 64 KiB would send a
   * megabyte in 24 system calls, however much the server's window and the socket take.
   */
  private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(256 << 10, 1 << 20);

  /** A megabyte that waits in the socket comes in four reads instead of Netty's sixteen. */
  private static final int MOST_READ = 256 << 10;

  private static final int FIRST_READ = 2 << 10;
  private static final int LEAST_READ = 64;
  private static final int READS_IN_A_ROW = 16;

  private static final ByteBufAllocator BUFFERS = buffers();
  private static final List<EventLoopGroup> LOOPS;
  private static final AtomicInteger CHANNELS = new AtomicInteger();
  private static final ChannelFactory<Channel> SOCKETS;

  static {
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    LOOPS = loops(io, 2 * Runtime.getRuntime().availableProcessors());
    SOCKETS = () -> prepare(epoll ? new EpollSocketChannel() : new NioSocketChannel());
    trackNoLeaks();
  }

  private Transport() {}

  static void use(NettyChannelBuilder builder) {
    builder
        .eventLoopGroup(LOOPS.get(Math.floorMod(CHANNELS.getAndIncrement(), LOOPS.size())))
        .channelFactory(SOCKETS)
        .withOption(ChannelOption.ALLOCATOR, BUFFERS)
        .withOption(ChannelOption.RECVBUF_ALLOCATOR, reads())
        .withOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT);
  }

  /**
   * Groups of one thread each. gRPC keeps the deadlines of a channel's calls in the channel's
   * group, by turns in each of its threads: with several, most calls would wake a thread that has
   * nothing to do with them.
   */
  private static List<EventLoopGroup> loops(IoHandlerFactory io, int count) {
    ThreadFactory threads = new DefaultThreadFactory("triton-io", true);
    return Stream.generate(() -> (EventLoopGroup) new MultiThreadIoEventLoopGroup(1, threads, io))
        .limit(count)
        .toList();
  }

  /** gRPC's own handlers come behind these, further from the socket. */
  private static Channel prepare(Channel channel) {
    channel.pipeline().addLast(new WritePieces(), new FrameJoiner());
    return channel;
  }

  /** One for each channel, as it learns from what comes. */
  private static RecvByteBufAllocator reads() {
    return new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, MOST_READ)
        .maxMessagesPerRead(READS_IN_A_ROW);
  }

  /**
   * Chunks of gRPC's own pool are 2 MiB: a message of a megabyte or two fills one, which goes back
   * to the system with the message, and the next is had, and filled with zeros, for the next.
   */
  private static ByteBufAllocator buffers() {
    return new PooledByteBufAllocator(
        true,
        PooledByteBufAllocator.defaultNumHeapArena(),
        ARENAS,
        PAGE,
        CHUNK_ORDER,
        PooledByteBufAllocator.defaultSmallCacheSize(),
        PooledByteBufAllocator.defaultNormalCacheSize(),
        PooledByteBufAllocator.defaultUseCacheForAllThreads());
  }

  /**
   * Netty takes a stack trace of one buffer in 128, to name who leaks it. Buffers are gRPC's, never
   * ours; the property still turns it on.
   */
  private static void trackNoLeaks() {
    if (System.getProperty("io.grpc.netty.shaded.io.netty.leakDetection.level") == null) {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
  }
}
