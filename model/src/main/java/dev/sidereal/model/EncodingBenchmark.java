package dev.sidereal.model;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.Tokenizer.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Measures an encoder in this process against bare ONNX Runtime: a second session of the same file and settings that
 * runs the same token batches, tokenised beforehand, and leaves the states unpooled. Both are warmed up and take turns.
 */
public final class EncodingBenchmark {
    private static final int QUERIES = 200;

    private EncodingBenchmark() {}

    /**
     * Measures.
     *
     * @param spec a packaged model's name or a folder
     * @param texts what to encode as documents; their first words serve as queries
     * @param repeats measured rounds of each subject, after one that is not counted
     * @throws BadConfig if there are no texts or no rounds, or the spec is a server
     */
    public static Figures run(String spec, List<String> texts, int repeats) {
        if (texts.isEmpty() || repeats < 1) {
            throw new BadConfig("The encoding benchmark needs texts and at least 1 repeat, got " + texts.size()
                    + " texts and " + repeats + " repeats.");
        }
        ModelSource source = Encoders.local(spec);
        try (LocalEncoder encoder = LocalEncoder.open(source);
                OnnxModel bare = OnnxModel.open(source.weights(), PhysicalCores.count())) {
            Tokens[] tokens = encoder.tokenize(Role.DOCUMENT, texts);
            List<int[]> batches = encoder.batches(tokens);
            LongSupplier ours = () -> encoder.encode(Role.DOCUMENT, texts).tokens();
            LongSupplier peer = () -> {
                for (int[] batch : batches) {
                    bare.states(tokens, batch);
                }
                return 0;
            };
            double[] oursSeconds = new double[repeats];
            double[] peerSeconds = new double[repeats];
            double[] ratios = new double[repeats];
            seconds(ours);
            seconds(peer);
            for (int i = 0; i < repeats; i++) {
                // The first of a pair may find a cooler machine: take turns.
                boolean oursFirst = i % 2 == 0;
                double first = seconds(oursFirst ? ours : peer);
                double second = seconds(oursFirst ? peer : ours);
                oursSeconds[i] = oursFirst ? first : second;
                peerSeconds[i] = oursFirst ? second : first;
                ratios[i] = peerSeconds[i] / oursSeconds[i];
            }
            long read = Arrays.stream(tokens).mapToLong(Tokens::count).sum();
            return new Figures(
                    spec,
                    texts.size(),
                    read,
                    texts.size() / median(oursSeconds),
                    texts.size() / median(peerSeconds),
                    median(ratios),
                    1 - (double) read / padded(tokens, batches),
                    1000 * queryLatency(encoder, texts));
        }
    }

    private static double queryLatency(LocalEncoder encoder, List<String> texts) {
        double[] seconds = new double[QUERIES];
        for (int i = -QUERIES / 4; i < QUERIES; i++) {
            String[] words = texts.get(Math.floorMod(i, texts.size())).strip().split("\\s+", 9);
            List<String> query = List.of(String.join(" ", Arrays.copyOf(words, Math.min(words.length, 8))));
            double taken = seconds(() -> encoder.encode(Role.QUERY, query).tokens());
            if (i >= 0) {
                seconds[i] = taken;
            }
        }
        return median(seconds);
    }

    private static long padded(Tokens[] tokens, List<int[]> batches) {
        return batches.stream()
                .mapToLong(batch -> (long) batch.length * tokens[batch[0]].count())
                .sum();
    }

    private static double seconds(LongSupplier work) {
        long start = System.nanoTime();
        if (work.getAsLong() < 0) {
            throw new IllegalStateException("A count cannot be negative");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * Medians of the rounds.
     *
     * @param tokens in all texts together
     * @param vsOnnxruntime our throughput over the bare one's, higher is better: the median over rounds, in each of
     *     which the two ran one after the other, so that a load that comes and goes weighs on both
     * @param padding share of the tokens in a batch that are padding, 0 to 1
     * @param queryMillis encoding one query of eight words alone
     */
    public record Figures(
            String encoder,
            int texts,
            long tokens,
            double oursTextsPerSecond,
            double onnxruntimeTextsPerSecond,
            double vsOnnxruntime,
            double padding,
            double queryMillis) {}
}
