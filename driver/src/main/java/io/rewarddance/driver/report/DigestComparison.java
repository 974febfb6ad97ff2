package io.rewarddance.driver.report;

import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.RunHistory;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * Up to where two runs are the same.
 *
 * @param iterations how many both have
 * @param policiesPart first iteration, from 1, after which the policies' weights differ
 * @param journalsPart first iteration, from 1, whose digest in the journal differs: the digest of
 *     all that was decided and computed up to there, the settings included
 */
record DigestComparison(int iterations, OptionalInt policiesPart, OptionalInt journalsPart) {
  private static final JsonMapper JSON = JsonMapper.shared();

  static DigestComparison of(RunHistory one, RunHistory other) {
    return new DigestComparison(
        Math.min(one.iterations().size(), other.iterations().size()),
        part(one.iterations(), other.iterations(), IterationRecord::policyDigest),
        part(one.iterations(), other.iterations(), DigestComparison::digest));
  }

  /** Whether all that both have is equal to the last bit. */
  boolean equal() {
    return iterations > 0 && policiesPart.isEmpty() && journalsPart.isEmpty();
  }

  private static OptionalInt part(
      List<IterationRecord> one,
      List<IterationRecord> other,
      Function<IterationRecord, String> digest) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      if (!digest.apply(one.get(i)).equals(digest.apply(other.get(i)))) {
        return OptionalInt.of(i + 1);
      }
    }
    return OptionalInt.empty();
  }

  private static String digest(IterationRecord record) {
    return JSON.readTree(record.journalLine()).path("digest").asString("");
  }
}
