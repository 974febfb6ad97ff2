package io.rewarddance.driver.paper.claim;

import io.rewarddance.driver.paper.cell.Table;
import java.util.Optional;

/**
 * Something that the paper found, and what came of it here.
 *
 * @param id short name, for links and files
 * @param table where its numbers are; empty for what nothing here could show
 * @param source place in the paper, or why the claim is ours
 * @param statement in one sentence
 * @param rule in words
 */
public record Claim(
    String id,
    Optional<Table> table,
    String source,
    String statement,
    String rule,
    Ruling ruling) {}
