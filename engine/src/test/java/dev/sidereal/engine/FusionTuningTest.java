package dev.sidereal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.Item;
import dev.sidereal.core.Judgment;
import dev.sidereal.core.Progress;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.search.CalibratedSum;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.IndexSettings;
import dev.sidereal.testkit.HashingEncoder;
import dev.sidereal.testkit.RandomCorpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FusionTuningTest {
    @TempDir
    Path folder;

    /** Vectors that have nothing to do with the texts. */
    private static final class Noise implements Encoder {
        private final Encoder shape = new HashingEncoder(32);

        @Override
        public EncoderCard card() {
            return shape.card();
        }

        @Override
        public Embeddings encode(Role role, List<String> texts) {
            return shape.encode(
                    role,
                    texts.stream()
                            .map(text -> "noise" + (text + role).hashCode())
                            .toList());
        }

        @Override
        public void close() {}
    }

    @Test
    void aBadDenseLegLosesItsSay() {
        List<Item> items = RandomCorpus.items(400, 3);
        Encoder noise = new Noise();
        CatalogueIndex.create(folder.resolve("i"), IndexSettings.hybrid(noise.card()));
        List<Query> queries = new ArrayList<>();
        List<Judgment> judgments = new ArrayList<>();
        Random random = new Random(5);
        for (int i = 0; i < 40; i++) {
            Item target = items.get(random.nextInt(items.size()));
            queries.add(new Query("q" + i, target.title()));
            judgments.add(new Judgment("q" + i, target.id(), 1));
        }
        try (CatalogueIndex index = CatalogueIndex.openForWriting(folder.resolve("i"), noise)) {
            index.writer().put(items);
            index.refresh();
            FusionTuning.Result result = new FusionTuning(index, Progress.none()).run(queries, Qrels.of(judgments));
            assertThat(result.queries()).isEqualTo(40);
            assertThat(result.weight()).isGreaterThan(2 * result.defaultWeight());
            assertThat(result.ndcgFitted()).isGreaterThan(result.ndcgDefault() + 0.02);
            assertThat(result.ndcgHeldOut()).isGreaterThan(result.ndcgDefault());
        }
        try (CatalogueIndex again = CatalogueIndex.open(folder.resolve("i"), noise)) {
            assertThat(again.fusion()).isNotEqualTo(CalibratedSum.standard());
        }
    }

    @Test
    void withoutAJudgedQueryThereIsNothingToFit() {
        Encoder encoder = new HashingEncoder(32);
        CatalogueIndex.create(folder.resolve("i"), IndexSettings.hybrid(encoder.card()));
        try (CatalogueIndex index = CatalogueIndex.openForWriting(folder.resolve("i"), encoder)) {
            assertThatThrownBy(() -> new FusionTuning(index, Progress.none())
                            .run(List.of(new Query("q1", "rock")), Qrels.of(List.of(new Judgment("q9", "d", 1)))))
                    .isInstanceOf(BadInput.class)
                    .hasMessage("none of the 1 queries has a judgment; queries and judgments must share query ids");
        }
    }
}
