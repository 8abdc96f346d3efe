package dev.sidereal.train.negatives;

import dev.sidereal.train.negatives.MinedExport.Lines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Columns as sentence-transformers 5 gives them for a dataset of the columns {@code anchor} and {@code positive}; what is
 * labelled stands under {@code positive} there too, whatever it is.
 */
final class SentenceTransformersLines {
    private static final String ANCHOR = "anchor";
    private static final String POSITIVE = "positive";

    private SentenceTransformersLines() {}

    static void triplets(MinedQuery mined, int negatives, Corpus corpus, Lines lines) throws IOException {
        for (Candidate positive : mined.positives()) {
            for (Candidate negative : mined.negatives()) {
                lines.add(line(mined, positive, corpus).put("negative", negative.text(corpus)));
            }
        }
    }

    static void tuples(MinedQuery mined, int negatives, Corpus corpus, Lines lines) throws IOException {
        for (ObjectNode line : tuples(mined, negatives, corpus)) {
            lines.add(line);
        }
    }

    static void scoredTuples(MinedQuery mined, int negatives, Corpus corpus, Lines lines) throws IOException {
        List<ObjectNode> tuples = tuples(mined, negatives, corpus);
        for (int i = 0; i < tuples.size(); i++) {
            ArrayNode scores = tuples.get(i).putArray("score");
            scores.add(mined.positives().get(i).score());
            mined.negatives().forEach(negative -> scores.add(negative.score()));
            lines.add(tuples.get(i));
        }
    }

    /** {@return a line a positive; none if there are fewer negatives than the columns} */
    private static List<ObjectNode> tuples(MinedQuery mined, int negatives, Corpus corpus) {
        List<ObjectNode> tuples = new ArrayList<>();
        if (mined.negatives().size() < negatives) {
            return tuples;
        }
        for (Candidate positive : mined.positives()) {
            ObjectNode line = line(mined, positive, corpus);
            int column = 1;
            for (Candidate negative : mined.negatives()) {
                line.put("negative_" + column++, negative.text(corpus));
            }
            tuples.add(line);
        }
        return tuples;
    }

    static void labelledPairs(MinedQuery mined, int negatives, Corpus corpus, Lines lines) throws IOException {
        for (Candidate positive : mined.positives()) {
            lines.add(line(mined, positive, corpus).put("label", 1));
        }
        for (Candidate negative : mined.negatives()) {
            lines.add(line(mined, negative, corpus).put("label", 0));
        }
    }

    static void labelledLists(MinedQuery mined, int negatives, Corpus corpus, Lines lines) throws IOException {
        if (mined.negatives().isEmpty()) {
            return;
        }
        for (Candidate positive : mined.positives()) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put(ANCHOR, mined.query().text());
            ArrayNode texts = line.putArray(POSITIVE).add(positive.text(corpus));
            ArrayNode labels = line.putArray("labels").add(1);
            for (Candidate negative : mined.negatives()) {
                texts.add(negative.text(corpus));
                labels.add(0);
            }
            lines.add(line);
        }
    }

    private static ObjectNode line(MinedQuery mined, Candidate text, Corpus corpus) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(ANCHOR, mined.query().text())
                .put(POSITIVE, text.text(corpus));
    }
}
