package io.rewarddance.embedded.server.memory;

import io.grpc.Status;
import io.rewarddance.embedded.server.RequestException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The registered regions. POSIX shared memory objects are files of one directory on Linux; where
 * there is none, registering is UNIMPLEMENTED. Thread-safe.
 *
 * <p>A mapping outlives its registration while a call still uses it. A client that shrinks an
 * object under a call makes the JVM fail that call, as it would crash a native server.
 */
public final class SharedRegions {
  private static final Path LINUX_DIRECTORY = Path.of("/dev/shm");

  private final Path directory;
  private final SortedMap<String, SharedRegion> regions = new TreeMap<>();

  SharedRegions(Path directory) {
    this.directory = directory;
  }

  /** The machine's shared memory. */
  public static SharedRegions ofSystem() {
    return new SharedRegions(LINUX_DIRECTORY);
  }

  public boolean isSupported() {
    return Files.isDirectory(directory);
  }

  /**
   * Maps a region.
   *
   * @throws RequestException ALREADY_EXISTS for a name in use, INTERNAL for an object that can't be
   *     opened, INVALID_ARGUMENT for a range outside of it
   */
  public synchronized void register(String name, String key, long offset, long byteSize) {
    if (!isSupported()) {
      throw RequestException.unimplemented(
          "Shared memory feature is currently not supported on this system");
    }
    if (regions.containsKey(name)) {
      throw new RequestException(
          Status.Code.ALREADY_EXISTS, "shared memory region '" + name + "' already in manager");
    }
    regions.put(
        name, new SharedRegion(name, key, offset, byteSize, map(name, key, offset, byteSize)));
  }

  private ByteBuffer map(String name, String key, long offset, long byteSize) {
    String file = key.startsWith("/") ? key.substring(1) : key;
    if (file.isEmpty() || file.contains("/") || file.contains("..") || file.indexOf('\0') >= 0) {
      throw cantOpen(key);
    }
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve(file), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      boolean inside = offset >= 0 && byteSize > 0 && byteSize <= channel.size() - offset;
      if (!inside || byteSize > Integer.MAX_VALUE) {
        throw RequestException.invalid(
            "failed to register shared memory region '" + name + "': invalid args");
      }
      return channel.map(MapMode.READ_WRITE, offset, byteSize);
    } catch (IOException e) {
      throw cantOpen(key);
    }
  }

  private static RequestException cantOpen(String key) {
    return RequestException.internal("Unable to open shared memory region: '" + key + "'");
  }

  /** Forgets a region; an unknown one is fine, as is the empty name, which means all. */
  public synchronized void unregister(String name) {
    if (name.isEmpty()) {
      regions.clear();
    } else {
      regions.remove(name);
    }
  }

  /**
   * @param name a region, or empty for all
   * @throws RequestException NOT_FOUND for an unknown one
   */
  public synchronized Collection<SharedRegion> status(String name) {
    if (name.isEmpty()) {
      return List.copyOf(regions.values());
    }
    SharedRegion region = regions.get(name);
    if (region == null) {
      throw RequestException.notFound("Unable to find system shared memory region: '" + name + "'");
    }
    return List.of(region);
  }

  /**
   * A range of a region; writing to it writes to the client's memory.
   *
   * @throws RequestException NOT_FOUND for an unknown region, INVALID_ARGUMENT for a range outside
   */
  public synchronized ByteBuffer range(String name, long offset, long byteSize) {
    SharedRegion region = regions.get(name);
    if (region == null) {
      throw RequestException.notFound("Unable to find shared memory region: '" + name + "'");
    }
    if (offset < 0 || offset >= region.byteSize()) {
      throw RequestException.invalid("Invalid offset for shared memory region: '" + name + "'");
    }
    if (byteSize < 0 || byteSize > region.byteSize() - offset) {
      throw RequestException.invalid(
          "Invalid offset + byte size for shared memory region: '" + name + "'");
    }
    return region.bytes().slice((int) offset, (int) byteSize);
  }
}
