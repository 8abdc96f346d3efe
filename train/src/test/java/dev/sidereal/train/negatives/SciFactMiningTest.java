package dev.sidereal.train.negatives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Progress;
import dev.sidereal.core.format.RetrievalData;
import dev.sidereal.testkit.HashingEncoder;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import dev.sidereal.train.negatives.corpus.VectorFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("shared")
class SciFactMiningTest {
    private static final Path DATA = Path.of(System.getProperty("sidereal.root"), "../shared/data/scifact");

    @TempDir
    Path folder;

    @Test
    void theWholeCorpusLeaksTestAnswersUnlessTheyAreHeldOut() {
        RetrievalData train = RetrievalData.open(DATA, "train");
        RetrievalData test = RetrievalData.open(DATA, "test");
        try (Encoder encoder = new HashingEncoder(256);
                StoredCorpus corpus = StoredCorpus.build(folder.resolve("corpus"), train.items());
                VectorFile vectors =
                        VectorFile.encode(folder.resolve("vectors"), corpus, encoder, 64, Progress.none())) {
            List<MiningQuery> queries = MiningQueries.of(train.queries(), train.qrels(), corpus);
            Set<String> answers = new HashSet<>();
            test.qrels().grades().values().forEach(grades -> answers.addAll(grades.keySet()));
            DenseIndex index = new DenseIndex(encoder, vectors);
            MiningInputs open = MiningInputs.of(corpus, 1).dense(index);
            MiningInputs safe = MiningInputs.of(corpus, 1).dense(index).heldOut(test.qrels());
            assertThat(leaks("naive-topk", open, corpus, queries, answers)).isPositive();
            assertThat(leaks("naive-topk", safe, corpus, queries, answers)).isZero();
            assertThat(leaks("topk-percpos", safe, corpus, queries, answers)).isZero();
        }
    }

    private static long leaks(
            String strategy, MiningInputs inputs, Corpus corpus, List<MiningQuery> queries, Set<String> answers) {
        List<MinedQuery> mined = new ArrayList<>();
        MiningReport report = new Miner(corpus, Strategies.of(strategy, inputs), MiningSettings.of(1))
                .mine(queries.iterator(), mined::add, Progress.none());
        assertThat(report.queries()).isEqualTo(queries.size());
        return mined.stream()
                .flatMap(m -> m.negatives().stream())
                .filter(c -> answers.contains(corpus.id(c.document())))
                .count();
    }
}
