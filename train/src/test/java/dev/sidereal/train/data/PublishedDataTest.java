package dev.sidereal.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Published sets as they come; counts are those of their pages. */
@Tag("shared")
class PublishedDataTest {
    private static final Path DATA = Path.of(Objects.requireNonNull(System.getProperty("sidereal.root")))
            .resolveSibling("shared")
            .resolve("data");

    @Test
    void sciFactHasItsTrainingQueries() {
        Dataset data = Dataset.retrieval(DATA.resolve("scifact"), "train");
        assertThat(data.examples()).hasSize(809);
        assertThat(data.examples().stream().mapToInt(e -> e.positives().size()).sum())
                .isEqualTo(919);
    }

    @Test
    void theStsBenchmarkHasItsPairs() {
        Dataset data = Dataset.pairs(DATA.resolve("stsb/en.train.tsv.gz"), Dataset.PairColumns.STS);
        assertThat(data.examples()).hasSize(5_749);
        assertThat(data.examples())
                .allSatisfy(e -> assertThat(e.scores().getFirst()).isBetween(0.0, 5.0));
    }
}
