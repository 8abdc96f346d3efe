package dev.sidereal.core;

/**
 * A query of an evaluation set.
 *
 * @param id unique in its set
 * @param text what is asked
 */
public record Query(String id, String text) {}
