package dev.sidereal.train.loop;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Progress;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.loop.MinedSet.Mined;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.MinedQuery;
import dev.sidereal.train.negatives.Miner;
import dev.sidereal.train.negatives.MiningInputs;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.MiningReport;
import dev.sidereal.train.negatives.MiningSettings;
import dev.sidereal.train.negatives.Strategies;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import dev.sidereal.train.negatives.corpus.VectorFile;
import dev.sidereal.train.negatives.source.AnceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Mines a dataset's negatives with a strategy, as often as there is a new encoder. Vectors of documents lie in a temporary
 * file that is gone when a set is mined. Runs of one job may follow each other on different threads.
 *
 * @param data what is mined
 * @param strategy its name in {@link Strategies}
 * @param settings how much
 * @param more adds what the strategy needs beside the encoder: a run, teachers, judgments to keep out
 */
public record MiningJob(MiningData data, String strategy, MiningSettings settings, UnaryOperator<MiningInputs> more) {
    private static final int BATCH = 256;

    /**
     * {@return what is mined with the encoder of a step}
     *
     * @param encoder not closed
     * @throws dev.sidereal.core.error.BadConfig if the strategy is unknown or lacks something
     */
    public MinedSet mine(Encoder encoder, long step) {
        if (!Strategies.needsEncoder(strategy)) {
            return mine(inputs(), "", step);
        }
        try {
            Path file = Files.createTempFile("sidereal-vectors", ".floats");
            try (VectorFile vectors = VectorFile.encode(file, data.corpus(), encoder, BATCH, Progress.none())) {
                DenseIndex index = new DenseIndex(encoder, vectors);
                return mine(inputs().dense(index).live(AnceSource.at(step, index)), vectors.fingerprint(), step);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new Unavailable("cannot use a temporary file for the documents' vectors: " + e, e);
        }
    }

    private MiningInputs inputs() {
        StoredCorpus corpus = data.corpus();
        int[] counts = new int[corpus.size()];
        for (MiningQuery query : data.queries()) {
            query.positives().forEach(positive -> counts[positive]++);
        }
        return more.apply(MiningInputs.of(corpus, settings.round().seed())
                .positiveCounts(counts)
                .queries(data.queries()));
    }

    private MinedSet mine(MiningInputs inputs, String vectors, long step) {
        Map<String, Mined> byQuery = new HashMap<>();
        MiningReport report = new Miner(data.corpus(), Strategies.of(strategy, inputs), settings.atStep(step))
                .mine(
                        data.queries().iterator(),
                        mined -> byQuery.put(mined.query().id(), mined(mined)),
                        Progress.none());
        return new MinedSet(step, vectors, byQuery, report);
    }

    private Mined mined(MinedQuery mined) {
        Map<String, Double> positives = new HashMap<>();
        List<Text> found = new ArrayList<>();
        for (Candidate positive : mined.positives()) {
            Text text = text(positive);
            positives.put(text.id(), positive.score());
            if (!mined.query().positives().contains(positive.document())) {
                found.add(text);
            }
        }
        return new Mined(
                mined.negatives().stream().map(this::text).toList(),
                mined.negatives().stream().map(Candidate::score).toList(),
                positives,
                found);
    }

    private Text text(Candidate candidate) {
        String text = candidate.text(data.corpus());
        return candidate.isWritten() ? Text.of(text) : new Text(data.corpus().id(candidate.document()), text);
    }

    /** {@return the text of an id as {@link #mine} gives it} */
    Text text(String id) {
        int document = data.corpus().find(id);
        return document < 0 ? Text.of(id) : new Text(id, data.corpus().text(document));
    }

    @Override
    public String toString() {
        return strategy + " " + settings;
    }
}
