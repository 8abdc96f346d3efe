package dev.sidereal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTokenizerTest {
    @Test
    void bytesMergesAndSpecialTokensAreRead() {
        try (TextTokenizer tokenizer = SmallTokenizer.open()) {
            assertThat(tokenizer.encode("hello")).containsExactly(259);
            assertThat(tokenizer.encode("he é<|im_end|>")).containsExactly(256, ' ', 0xC3, 0xA9, SmallTokenizer.END);
            assertThat(tokenizer.decode(259, 0xC3, 0xA9, SmallTokenizer.END)).isEqualTo("helloé");
            assertThat(tokenizer.decode(new int[] {259, SmallTokenizer.END}, true))
                    .isEqualTo("hello<|im_end|>");
            assertThat(tokenizer.id("<|im_start|>")).hasValue(261);
            assertThat(tokenizer.id("<|eot_id|>")).isEmpty();
            assertThat(tokenizer.vocabulary()).isEqualTo(SmallTokenizer.VOCABULARY);
            assertThat(tokenizer.encode("")).isEmpty();
        }
    }

    @Test
    void longTextsAreNotCut() {
        try (TextTokenizer tokenizer = SmallTokenizer.open()) {
            assertThat(tokenizer.encode("x".repeat(5000))).hasSize(5000);
        }
    }

    @Test
    void aGrowingTextNeverShowsHalfACharacter() {
        String text = "a é 漢字 😀 👩‍👩‍👧 end";
        try (TextTokenizer tokenizer = SmallTokenizer.open()) {
            TextStream stream = tokenizer.stream();
            StringBuilder all = new StringBuilder();
            for (int id : tokenizer.encode(text)) {
                String piece = stream.add(id);
                assertThat(piece).doesNotContain("\uFFFD");
                assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(piece)).isTrue();
                all.append(piece);
            }
            assertThat(all).hasToString(text);
            assertThat(stream.finish()).isEmpty();
        }
    }

    @Test
    void aGrowingTextOfAnyBytesIsTheTextOfAllTokens() {
        Random random = new Random(5);
        try (TextTokenizer tokenizer = SmallTokenizer.open()) {
            for (int round = 0; round < 50; round++) {
                int[] ids = random.ints(60, 32, 126).toArray();
                byte[] utf8 = "é漢😀".getBytes(StandardCharsets.UTF_8);
                for (int i = 0; i < utf8.length; i++) {
                    ids[20 + i] = utf8[i] & 0xFF;
                }
                TextStream stream = tokenizer.stream();
                StringBuilder all = new StringBuilder();
                for (int id : ids) {
                    all.append(stream.add(id));
                }
                assertThat(all.append(stream.finish())).hasToString(tokenizer.decode(ids));
            }
        }
    }

    @Test
    void whatNeverBecomesACharacterComesOutAtTheEnd() {
        try (TextTokenizer tokenizer = SmallTokenizer.open()) {
            TextStream stream = tokenizer.stream();
            assertThat(stream.add('a')).isEqualTo("a");
            assertThat(stream.add(0xF0)).isEmpty();
            assertThat(stream.add(0x9F)).isEmpty();
            assertThat(stream.finish()).isEqualTo("\uFFFD");
            assertThat(stream.finish()).isEmpty();
        }
    }

    @Test
    void brokenBytesDoNotHoldTheTextBackForever() {
        try (TextTokenizer tokenizer = SmallTokenizer.open()) {
            TextStream stream = tokenizer.stream();
            int shown = 0;
            for (int i = 0; i < 40; i++) {
                shown += stream.add(0x80).length();
            }
            assertThat(shown).isGreaterThanOrEqualTo(36);
        }
    }

    @Test
    void theTokenizerOfAnotherModelIsRefused() {
        try (TextTokenizer tokenizer = SmallTokenizer.open()) {
            tokenizer.requireVocabulary(SmallTokenizer.VOCABULARY);
            assertThatThrownBy(() -> tokenizer.requireVocabulary(200))
                    .isInstanceOf(ArtifactMismatch.class)
                    .hasMessage("The tokenizer small tokenizer has 263 tokens, the model has rows for 200; use the "
                            + "tokenizer.json of the model's own folder.");
        }
    }

    @Test
    void aFileThatIsNoTokenizerIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), "{}");
        assertThatThrownBy(() -> TextTokenizer.open(file))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("The tokenizer " + file + " cannot be read (");
        assertThatThrownBy(() -> TextTokenizer.open(folder.resolve("none.json")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("has no " + folder.resolve("none.json"));
    }
}
