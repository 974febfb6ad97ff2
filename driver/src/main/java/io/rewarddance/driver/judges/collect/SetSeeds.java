package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.plan.Seeds;
import io.rewarddance.driver.plan.Seeds.Purpose;
import io.rewarddance.rollout.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;

/**
 * Seeds of one set: of its name and not of its place in the file, so that other sets may come and
 * go.
 */
final class SetSeeds {
  private final long seed;
  private final long name;

  SetSeeds(long seed, String name) {
    this.seed = seed;
    byte[] digest = Sha256.fresh().digest(name.getBytes(StandardCharsets.UTF_8));
    this.name = ByteBuffer.wrap(digest).getLong() >>> 1;
  }

  long of(Purpose purpose, long... path) {
    long[] whole = LongStream.concat(LongStream.of(name), LongStream.of(path)).toArray();
    return Seeds.derive(seed, purpose, whole);
  }
}
