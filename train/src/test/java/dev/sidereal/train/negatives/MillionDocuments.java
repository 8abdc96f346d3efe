package dev.sidereal.train.negatives;

import dev.sidereal.core.Item;
import dev.sidereal.core.Progress;
import dev.sidereal.testkit.HashingEncoder;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import dev.sidereal.train.negatives.corpus.VectorFile;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Mines over a million documents; run in a JVM of its own with a small heap. */
final class MillionDocuments {
    private static final int DOCUMENTS = 1_000_000;
    private static final int QUERIES = 2_000;
    private static final int FEW = 64;
    private static final int DIMS = 32;
    private static final int WORDS = 5000;

    private MillionDocuments() {}

    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        HashingEncoder encoder = new HashingEncoder(DIMS);
        try (StoredCorpus corpus = StoredCorpus.build(
                        folder.resolve("corpus"),
                        IntStream.range(0, DOCUMENTS).mapToObj(i -> Item.of("d" + i, "", text(i))));
                VectorFile vectors =
                        VectorFile.encode(folder.resolve("vectors"), corpus, encoder, 256, Progress.none())) {
            for (String name : args[1].split(",", -1)) {
                mine(name, folder, corpus, new DenseIndex(encoder, vectors));
            }
        }
    }

    private static void mine(String name, Path folder, StoredCorpus corpus, DenseIndex index) {
        int queries = name.equals("topk-percpos") ? QUERIES : FEW;
        int[] counts = new int[DOCUMENTS];
        java.util.Arrays.fill(counts, 0, queries, 1);
        MiningReport report = MinedExport.FLAG_EMBEDDING.mine(
                folder.resolve("mined.jsonl"),
                corpus,
                Strategies.of(name, MiningInputs.of(corpus, 1).dense(index).positiveCounts(counts)),
                MiningSettings.of(1),
                IntStream.range(0, queries)
                        .mapToObj(i -> new MiningQuery("q" + i, text(i), java.util.List.of(i)))
                        .iterator(),
                Progress.none());
        System.out.println(name + " mined " + report.queries() + " queries, pool " + report.pool() + ", chosen "
                + report.chosen());
    }

    private static String text(int i) {
        return "w" + i % WORDS + " v" + i / 7 % WORDS + " u" + i / 49 % WORDS + " number " + i
                + " of a corpus that is larger than its heap would hold as texts and vectors together";
    }
}
