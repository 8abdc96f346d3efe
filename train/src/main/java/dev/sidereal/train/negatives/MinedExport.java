package dev.sidereal.train.negatives;

import dev.sidereal.core.Progress;
import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.JsonLinesWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes mined negatives as JSON lines while they are mined; a reader sees the whole file or none. The shapes of
 * sentence-transformers have the names and columns of its {@code mine_hard_negatives(output_format=...)}. Thread-safe.
 */
public enum MinedExport {
    /** {@code anchor}, {@code positive}, {@code negative}: a line for each pair of a positive and a negative. */
    TRIPLET(SentenceTransformersLines::triplets),
    /**
     * {@code anchor}, {@code positive}, {@code negative_1} and so on, one line a positive. All lines have the same columns,
     * so queries with fewer negatives than asked are left out.
     */
    N_TUPLE(SentenceTransformersLines::tuples),
    /** The same with {@code score}, a list of the positive's score and the negatives'. */
    N_TUPLE_SCORES(SentenceTransformersLines::scoredTuples),
    /** {@code anchor}, {@code positive}, {@code label}: a line a text, 1 for positives and 0 for negatives. */
    LABELED_PAIR(SentenceTransformersLines::labelledPairs),
    /** {@code anchor}, {@code positive}, {@code labels}: a line a positive, lists of it with all negatives. */
    LABELED_LIST(SentenceTransformersLines::labelledLists),
    /** FlagEmbedding's {@code query}, {@code pos}, {@code neg} and, with a scorer, {@code pos_scores}, {@code neg_scores}. */
    FLAG_EMBEDDING(MinedExport::flagEmbedding),
    /** Our own, which recipes read: ids, scores, ranks and sources, {@code text} only for what is in no corpus. */
    TRAIN(MinedExport::train);

    @SuppressWarnings("ImmutableEnumChecker") // references to methods without state
    private final Shape shape;

    MinedExport(Shape shape) {
        this.shape = shape;
    }

    /** How one query's result becomes lines. */
    interface Shape {
        /** @param negatives how many were asked */
        void write(MinedQuery mined, int negatives, Corpus corpus, Lines lines) throws IOException;
    }

    private static void flagEmbedding(MinedQuery mined, int negatives, Corpus corpus, Lines lines) throws IOException {
        if (mined.negatives().isEmpty()) {
            return;
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("query", mined.query().text());
        texts(line.putArray("pos"), mined.positives(), corpus);
        texts(line.putArray("neg"), mined.negatives(), corpus);
        if (mined.scored()) {
            mined.positives().forEach(scores(line, "pos_scores"));
            mined.negatives().forEach(scores(line, "neg_scores"));
        }
        lines.add(line);
    }

    private static void train(MinedQuery mined, int negatives, Corpus corpus, Lines lines) throws IOException {
        if (mined.negatives().isEmpty()) {
            return;
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("qid", mined.query().id()).put("query", mined.query().text());
        ArrayNode positives = line.putArray("positives");
        for (Candidate positive : mined.positives()) {
            ObjectNode node = positives.addObject().put("id", corpus.id(positive.document()));
            if (mined.scored()) {
                node.put("score", positive.score());
            }
        }
        ArrayNode list = line.putArray("negatives");
        for (Candidate negative : mined.negatives()) {
            ObjectNode node = list.addObject();
            if (negative.isWritten()) {
                node.put("text", negative.text());
            } else {
                node.put("id", corpus.id(negative.document()));
            }
            if (mined.scored()) {
                node.put("score", negative.score());
            }
            node.put("rank", negative.rank()).put("source", negative.source());
        }
        lines.add(line);
    }

    /** {@return the shape of a name such as {@code n-tuple}} */
    public static MinedExport of(String name) {
        return Arrays.stream(values())
                .filter(shape -> shape.shownName().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadConfig("unknown export '" + name + "'; exports are "
                        + Arrays.stream(values()).map(MinedExport::shownName).collect(Collectors.joining(", "))));
    }

    /** {@return the name on the command line} */
    public String shownName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return whether lines hold a scorer's scores, which several strategies at once do not give} */
    public boolean needsScores() {
        return this == N_TUPLE_SCORES;
    }

    /**
     * Mines into a file.
     *
     * @throws BadConfig if the shape needs scores and the strategy has no scorer
     * @throws BadInput if mining refuses, or no line comes out of it; nothing is written then
     */
    public MiningReport mine(
            Path file,
            Corpus corpus,
            NegativeStrategy strategy,
            MiningSettings settings,
            Iterator<MiningQuery> queries,
            Progress progress) {
        if (needsScores() && strategy.scorer() instanceof NoScores) {
            throw new BadConfig("the shape " + shownName() + " holds scores, and the strategy '" + strategy.name()
                    + "' has none; choose a strategy with a scorer, or the shape " + N_TUPLE.shownName());
        }
        MiningReport[] report = new MiningReport[1];
        AtomicFile.write(file, out -> {
            try (JsonLinesWriter writer = new JsonLinesWriter(out)) {
                Lines lines = new Lines(writer);
                report[0] = new Miner(corpus, strategy, settings)
                        .mine(queries, mined -> writeUnchecked(mined, settings.negatives(), corpus, lines), progress);
                if (lines.written == 0) {
                    throw new BadInput("the strategy '" + strategy.name() + "' leaves no line to write for "
                            + report[0].queries() + " queries: " + String.join("; ", report[0].warnings()));
                }
            }
        });
        return report[0];
    }

    /**
     * Writes what was mined before, for example by several strategies.
     *
     * @param negatives how many a query were asked
     * @throws BadInput if no line comes out of it; nothing is written then
     */
    public void write(Path file, Corpus corpus, int negatives, Iterable<MinedQuery> all) {
        AtomicFile.write(file, out -> {
            try (JsonLinesWriter writer = new JsonLinesWriter(out)) {
                Lines lines = new Lines(writer);
                all.forEach(mined -> writeUnchecked(mined, negatives, corpus, lines));
                if (lines.written == 0) {
                    throw new BadInput("the strategies leave no line to write for " + file);
                }
            }
        });
    }

    private void writeUnchecked(MinedQuery mined, int negatives, Corpus corpus, Lines lines) {
        try {
            shape.write(mined, negatives, corpus, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void texts(ArrayNode array, List<Candidate> candidates, Corpus corpus) {
        candidates.forEach(c -> array.add(c.text(corpus)));
    }

    private static java.util.function.Consumer<Candidate> scores(ObjectNode line, String key) {
        ArrayNode array = line.putArray(key);
        return c -> array.add(c.score());
    }

    /** Counts what is written. */
    static final class Lines {
        private final JsonLinesWriter writer;
        private long written;

        Lines(JsonLinesWriter writer) {
            this.writer = writer;
        }

        void add(ObjectNode line) throws IOException {
            writer.write(line);
            written++;
        }
    }
}
