package io.rewarddance.driver.paper.cell;

/**
 * The place of a cell in a table.
 *
 * @param arm what is compared there: a size, a kind of judge, a choice of references
 */
public record Role(Table table, String arm) {}
