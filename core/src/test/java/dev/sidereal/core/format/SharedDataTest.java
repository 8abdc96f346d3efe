package dev.sidereal.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The data folders beside the checkout open as they are, with the counts that their notes give. */
@Tag("shared")
class SharedDataTest {
    @ParameterizedTest
    @CsvSource({
        "scifact, test, 5183, 300, 339",
        "scifact, train, 5183, 809, 919",
        "cranfield, test, 1400, 225, 1612",
        "nfcorpus_prep, test, 3395, 323, 12334",
        "java_code_search, test, 1274, 1274, 1274",
        "java_code_search, valid, 1051, 1051, 1051",
        "java_code_search, train, 8103, 8103, 8103",
        "xquad_r, en, 240, 1190, 1190",
        "xquad_r, all, 960, 4760, 19040",
    })
    void opens(String name, String split, int items, int queries, int judgments) {
        Path root = Path.of(System.getProperty("sidereal.root"), "..", "shared", "data");
        RetrievalData data = RetrievalData.open(root.resolve(name), split);
        assertThat(data.size()).isEqualTo(items);
        assertThat(data.queries()).hasSize(queries);
        assertThat(data.qrels().grades().values().stream()
                        .mapToInt(m -> m.size())
                        .sum())
                .isEqualTo(judgments);
        assertThat(data.warnings()).isEmpty();
    }
}
