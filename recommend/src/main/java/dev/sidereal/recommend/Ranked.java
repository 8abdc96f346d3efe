package dev.sidereal.recommend;

/**
 * Items ranked for histories.
 *
 * @param items best first, {@code int[histories][at most k]}; -1 stands for an answer that is no item
 * @param scores of each, higher is better
 */
public record Ranked(int[][] items, float[][] scores) {}
