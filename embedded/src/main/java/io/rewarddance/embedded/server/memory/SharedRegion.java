package io.rewarddance.embedded.server.memory;

import java.nio.ByteBuffer;

/**
 * A mapped region.
 *
 * @param name the client's name for it
 * @param key name of the POSIX shared memory object
 * @param offset where in the object it begins, bytes
 * @param byteSize its size
 * @param bytes the mapping, position 0
 */
public record SharedRegion(String name, String key, long offset, long byteSize, ByteBuffer bytes) {}
