package dev.sidereal.core;

/**
 * How relevant an item is to a query.
 *
 * @param queryId the query
 * @param itemId the item
 * @param grade 0 or less: judged not relevant; more is better
 */
public record Judgment(String queryId, String itemId, int grade) {}
