package dev.sidereal.train.data;

import dev.sidereal.core.error.BadInput;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One query of training data with all that is known about it.
 *
 * @param query what is asked
 * @param positives at least one; each epoch draws one of them
 * @param negatives texts that do not answer it, best first; may be empty
 * @param scores empty; or one of a pair without negatives; or a teacher's for the only positive and each negative
 * @param instruction goes before the query; empty for none
 * @param where {@code file:line}
 */
public record Example(
        Text query, List<Text> positives, List<Text> negatives, List<Double> scores, String instruction, String where) {
    /** @throws BadInput with {@code where}, naming what does not fit */
    public Example {
        positives = List.copyOf(positives);
        negatives = List.copyOf(negatives);
        scores = List.copyOf(scores);
        if (query.text().isBlank()) {
            throw new BadInput(where + ": the query is blank; give it a text or leave the line out");
        }
        if (positives.isEmpty()) {
            throw new BadInput(where + ": there is no positive; give at least one or leave the line out");
        }
        if (positives.stream().anyMatch(t -> t.text().isBlank())) {
            throw new BadInput(where + ": a positive is blank; give it a text or leave it out");
        }
        if (negatives.stream().anyMatch(t -> t.text().isBlank())) {
            throw new BadInput(where + ": a negative is blank; give it a text or leave it out");
        }
        Set<String> answers = new HashSet<>();
        positives.forEach(positive -> answers.add(positive.id()));
        for (Text negative : negatives) {
            if (answers.contains(negative.id())) {
                throw new BadInput(where + ": '" + shown(negative.id()) + "' is both a positive and a negative; keep it"
                        + " on one side");
            }
        }
        int wanted = 1 + negatives.size();
        if (!scores.isEmpty() && (scores.size() != wanted || positives.size() > 1)) {
            throw new BadInput(where + ": there are " + scores.size() + " scores for " + positives.size()
                    + " positives and " + negatives.size() + " negatives; expected one for the only positive, then one"
                    + " for each negative");
        }
        for (double score : scores) {
            if (!Double.isFinite(score)) {
                throw new BadInput(where + ": a score is " + score + ", expected a finite number");
            }
        }
    }

    /** {@return one of its texts with the instruction before it, as F2LLM writes it; the bare text if there is none} */
    public String instructed(String text) {
        return instruction.isEmpty() ? text : "Instruct: " + instruction + "\nQuery: " + text;
    }

    /** {@return this example with that instruction, unless it has its own} */
    Example withInstruction(String task) {
        return instruction.isEmpty() ? new Example(query, positives, negatives, scores, task, where) : this;
    }

    /** {@return ids of all positives} */
    Set<String> answers() {
        return positives.stream().map(Text::id).collect(Collectors.toSet());
    }

    /** {@return letters of the longest text that a batch can hold, a measure of its cost} */
    int length() {
        int longest = query.text().length();
        for (Text positive : positives) {
            longest = Math.max(longest, positive.text().length());
        }
        return longest;
    }

    static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
