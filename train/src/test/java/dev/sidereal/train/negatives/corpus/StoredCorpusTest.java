package dev.sidereal.train.negatives.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Item;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.negatives.Toy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredCorpusTest {
    @TempDir
    Path folder;

    @Test
    void everyDocumentIsFoundAndReadAgain() {
        Stream<Item> items = IntStream.range(0, 5000).mapToObj(i -> Item.of("é" + i, "Title " + i, "body äöü " + i));
        try (StoredCorpus corpus = StoredCorpus.build(folder.resolve("c"), items)) {
            assertThat(corpus.size()).isEqualTo(5000);
            for (int i = 0; i < 5000; i++) {
                assertThat(corpus.id(i)).isEqualTo("é" + i);
                assertThat(corpus.find("é" + i)).isEqualTo(i);
                assertThat(corpus.text(i)).isEqualTo("Title " + i + " body äöü " + i);
            }
            assertThat(corpus.find("e1")).isEqualTo(-1);
        }
    }

    @Test
    void hashesTellTextsAndCorporaApart() {
        try (StoredCorpus a = Toy.corpus("One text", "one  TEXT", "other");
                StoredCorpus b = Toy.corpus("One text", "one  TEXT", "other!")) {
            assertThat(a.textHash(0)).isEqualTo(a.textHash(1)).isNotEqualTo(a.textHash(2));
            assertThat(a.hash()).isNotEqualTo(b.hash());
        }
    }

    @Test
    void anEmptyCorpusAndARepeatedIdAreRefused() {
        assertThatThrownBy(() -> StoredCorpus.build(folder.resolve("none"), Stream.of()))
                .isInstanceOf(BadInput.class)
                .hasMessage("the corpus is empty: there is nothing to mine negatives from");
        assertThat(Files.exists(folder.resolve("none"))).isFalse();
        assertThatThrownBy(() -> StoredCorpus.build(
                        folder.resolve("twice"),
                        Stream.of(Item.of("a", "", "x"), Item.of("b", "", "y"), Item.of("a", "", "z"))))
                .isInstanceOf(BadInput.class)
                .hasMessage("the corpus has the id 'a' twice, as documents 1 and 3; ids must be unique");
    }
}
