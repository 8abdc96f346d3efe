package dev.sidereal.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Deadline;
import dev.sidereal.core.Encoder;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.Item;
import dev.sidereal.core.Principal;
import dev.sidereal.core.error.BudgetExceeded;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.testkit.HashingEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deadline reaches every leg and every other reading of an index. */
class DeadlineTest {
    @TempDir
    Path folder;

    private final Encoder words = new HashingEncoder(32);
    private CatalogueIndex index;

    @BeforeEach
    void open() {
        CatalogueIndex.create(
                folder.resolve("i"), IndexSettings.words().withDense(IndexSettings.Dense.defaults(words.card())));
        index = CatalogueIndex.openForWriting(folder.resolve("i"), words);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            items.add(Item.of("i" + i, "Title " + i, "words of item " + i));
        }
        index.writer().put(items);
        index.writer().commit();
    }

    @AfterEach
    void close() {
        index.close();
    }

    private static Deadline passed() {
        Deadline deadline = Deadline.in(Duration.ofNanos(1));
        LockSupport.parkNanos(1_000_000);
        return deadline;
    }

    @Test
    void everyLegStopsAtTheDeadline() {
        for (Blend blend : List.of(
                Blend.only("bm25"),
                Blend.only("dense"),
                Blend.of(List.of("bm25", "dense"), CalibratedSum.standard()))) {
            try (IndexSnapshot late = index.snapshot(Principal.anyone(), passed())) {
                assertThatThrownBy(() -> late.search("words item", 10, Filter.all(), blend))
                        .as(blend.toString())
                        .isInstanceOf(BudgetExceeded.class)
                        .hasMessage(
                                "the answer was not ready within 0 ms; allow more time, or ask for fewer results or with"
                                        + " a narrower filter");
            }
        }
    }

    @Test
    void countsAndSuggestionsStopToo() {
        try (IndexSnapshot late = index.snapshot(Principal.anyone(), passed())) {
            assertThatThrownBy(() -> late.count("words", Filter.all())).isInstanceOf(BudgetExceeded.class);
            assertThatThrownBy(() -> late.suggest("tit", 5)).isInstanceOf(BudgetExceeded.class);
        }
    }

    @Test
    void aDeadlineThatDoesNotComeChangesNothing() {
        try (IndexSnapshot timed = index.snapshot(Principal.anyone(), Deadline.in(Duration.ofMinutes(5)));
                IndexSnapshot free = index.snapshot(Principal.anyone())) {
            for (Blend blend : List.of(
                    Blend.only("bm25"),
                    Blend.only("dense"),
                    Blend.of(List.of("bm25", "dense"), CalibratedSum.standard()))) {
                assertThat(timed.search("item 17 title", 20, Filter.all(), blend))
                        .isEqualTo(free.search("item 17 title", 20, Filter.all(), blend));
            }
        }
    }

    @Test
    void anEncoderThatHangsIsNotWaitedFor() {
        Encoder hanging = new Encoder() {
            @Override
            public EncoderCard card() {
                return words.card();
            }

            @Override
            public Embeddings encode(Role role, List<String> texts) {
                LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
                return words.encode(role, texts);
            }

            @Override
            public void close() {}
        };
        assertThatThrownBy(() -> TimedEncoding.of(hanging, "words", Deadline.in(Duration.ofMillis(20))))
                .isInstanceOf(BudgetExceeded.class)
                .hasMessageStartingWith("the answer was not ready within 20 ms");
    }
}
