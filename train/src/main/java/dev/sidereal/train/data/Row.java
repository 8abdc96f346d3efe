package dev.sidereal.train.data;

import java.util.List;

/**
 * An example as one batch holds it.
 *
 * @param example where it comes from
 * @param positive the one drawn this epoch
 * @param negatives those drawn this epoch; may be empty
 * @param scores of the positive and these negatives, or empty
 * @param instructed whether the instruction goes before positive and negatives too
 */
public record Row(Example example, Text positive, List<Text> negatives, List<Double> scores, boolean instructed) {
    public Row {
        negatives = List.copyOf(negatives);
        scores = List.copyOf(scores);
    }
}
