package dev.sidereal.model.decode;

import java.util.List;

/**
 * A finished hypothesis of a beam search.
 *
 * @param item what the sequence stands for
 * @param tokens the sequence
 * @param score sum of the log-probabilities of its tokens, 0 at best
 */
public record Beam(int item, List<Integer> tokens, double score) {}
