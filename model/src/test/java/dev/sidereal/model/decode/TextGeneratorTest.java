package dev.sidereal.model.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Deadline;
import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.SmallTokenizer;
import dev.sidereal.model.TextTokenizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextGeneratorTest {
    private static final TextTokenizer TOKENIZER = SmallTokenizer.open();
    private static final int VOCABULARY = SmallTokenizer.VOCABULARY;
    private static final String PROMPT = "x";

    @AfterAll
    static void close() {
        TOKENIZER.close();
    }

    /** A generator whose model writes a text, then its end token. */
    private static TextGenerator writing(String text) {
        int[] tokens = TOKENIZER.encode(text + "<|im_end|>");
        return new TextGenerator(ScriptedDecoder.writing(VOCABULARY, 1, tokens), TOKENIZER, Set.of(SmallTokenizer.END));
    }

    @Test
    void theEndTokenEndsATextAndIsNotInIt() {
        GeneratedText text = writing("hello é!").generate(PROMPT, GenerationSettings.greedy(50));
        assertThat(text.text()).isEqualTo("hello é!");
        assertThat(text.reason()).isEqualTo(StopReason.END);
        assertThat(text.tokens()).containsExactly(259, (int) ' ', 0xC3, 0xA9, (int) '!');
        assertThat(text.promptTokens()).isEqualTo(1);
    }

    @Test
    void aTextEndsAtItsMostTokens() {
        GeneratedText text = writing("abcdef").generate(PROMPT, GenerationSettings.greedy(3));
        assertThat(text.text()).isEqualTo("abc");
        assertThat(text.reason()).isEqualTo(StopReason.LENGTH);
    }

    @Test
    void aTextEndsWhereTheModelCanReadNoMore() {
        ScriptedDecoder decoder = new ScriptedDecoder(VOCABULARY, 5, path -> ScriptedDecoder.only(VOCABULARY, 'z'));
        TextGenerator generator = new TextGenerator(decoder, TOKENIZER, Set.of());
        assertThat(generator.generate("abc", GenerationSettings.greedy(50)).text())
                .isEqualTo("zzz");
        assertThatThrownBy(() -> generator.generate("abcdef", GenerationSettings.greedy(50)))
                .isInstanceOf(BadConfig.class)
                .hasMessageContaining("the model reads at most 5");
        assertThat(decoder.openSessions()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // The stop sequence is spread over the tokens "hello" and "!".
        "say hello! now, o!, say hell",
        "abcabd, abd, abc",
        "aab, ab, a",
        "ababac, abac, ab",
        // The earliest of two.
        "one two three, thr|two, 'one '",
        "stop at once, stop, ''",
        "no such thing, xyz, no such thing",
        // What looks like the beginning of one at the very end is text.
        "almost sto, stop, almost sto",
    })
    void aStopSequenceEndsATextAndNothingOfItIsShown(String written, String stops, String expected) {
        List<String> pieces = new ArrayList<>();
        GeneratedText text = writing(written)
                .generate(
                        List.of(TOKENIZER.encode(PROMPT)),
                        GenerationSettings.greedy(50).withStops(stops.split("\\|")),
                        Deadline.none(),
                        (number, piece) -> pieces.add(piece))
                .getFirst();
        assertThat(text.text()).isEqualTo(expected);
        assertThat(String.join("", pieces)).isEqualTo(expected);
        assertThat(pieces).doesNotContain("");
        assertThat(text.reason()).isEqualTo(expected.equals(written) ? StopReason.END : StopReason.STOP_SEQUENCE);
    }

    @Test
    void piecesComeAsSoonAsTheyAreCertain() {
        List<String> pieces = new ArrayList<>();
        writing("a sé")
                .generate(
                        List.of(TOKENIZER.encode(PROMPT)),
                        GenerationSettings.greedy(50).withStops("so"),
                        Deadline.none(),
                        (number, piece) -> pieces.add(piece));
        assertThat(pieces).containsExactly("a", " ", "sé");
    }

    /** Each text is the last letter of its prompt as often as the prompt is long, whatever its neighbours. */
    @Test
    void promptsOfUnequalLengthGoTogether() {
        ScriptedDecoder decoder = new ScriptedDecoder(VOCABULARY, 99, path -> {
            int letters = 0;
            while (letters < path.length && path[letters] < 'a') {
                letters++;
            }
            int token = path.length < 2 * letters ? path[letters - 1] + 32 : SmallTokenizer.END;
            return ScriptedDecoder.only(VOCABULARY, path.length == letters ? path[letters - 1] + 32 : token);
        });
        TextGenerator generator = new TextGenerator(decoder, TOKENIZER, Set.of(SmallTokenizer.END));
        List<String> prompts = List.of("A", "XYZ", "BC", "VWXYZ");
        List<GeneratedText> texts = generator.generate(
                prompts.stream().map(TOKENIZER::encode).toList(),
                GenerationSettings.greedy(50),
                Deadline.none(),
                PieceListener.none());
        assertThat(texts).extracting(GeneratedText::text).containsExactly("a", "zzz", "cc", "zzzzz");
        assertThat(texts).extracting(GeneratedText::promptTokens).containsExactly(1, 3, 2, 5);
        for (int i = 0; i < prompts.size(); i++) {
            assertThat(generator.generate(prompts.get(i), GenerationSettings.greedy(50)))
                    .isEqualTo(texts.get(i));
        }
        assertThat(generator.generate(List.of(), GenerationSettings.greedy(1), Deadline.none(), PieceListener.none()))
                .isEmpty();
    }

    @Test
    void aDeadlineThatHasComeEndsTheTextAsItIs() throws InterruptedException {
        Deadline deadline = Deadline.in(Duration.ofNanos(1));
        while (!deadline.expired()) {
            Thread.sleep(1);
        }
        GeneratedText text = writing("hello")
                .generate(
                        List.of(TOKENIZER.encode(PROMPT)), GenerationSettings.greedy(9), deadline, PieceListener.none())
                .getFirst();
        assertThat(text.reason()).isEqualTo(StopReason.DEADLINE);
        assertThat(text.text()).isEmpty();
    }

    @Test
    void aListenerThatWantsNoMoreEndsItsTextOnly() {
        ScriptedDecoder decoder = ScriptedDecoder.writing(VOCABULARY, 1, TOKENIZER.encode("abcdef<|im_end|>"));
        List<GeneratedText> texts = new TextGenerator(decoder, TOKENIZER, Set.of(SmallTokenizer.END))
                .generate(
                        List.of(new int[] {1}, new int[] {2}),
                        GenerationSettings.greedy(9),
                        Deadline.none(),
                        (number, piece) -> number == 1 || !piece.equals("b"));
        assertThat(texts.get(0).text()).isEqualTo("ab");
        assertThat(texts.get(0).reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(texts.get(1).text()).isEqualTo("abcdef");
        assertThat(decoder.openSessions()).isZero();
    }

    @Test
    void drawsRepeatWithTheirSeedAndDifferBetweenTexts() {
        ScriptedDecoder decoder = new ScriptedDecoder(VOCABULARY, 99, path -> new float[VOCABULARY]);
        TextGenerator generator = new TextGenerator(decoder, TOKENIZER, Set.of());
        GenerationSettings settings = GenerationSettings.greedy(20).withSampling(Sampling.plain(11));
        List<int[]> prompts = List.of(new int[] {1}, new int[] {1});
        List<GeneratedText> once = generator.generate(prompts, settings, Deadline.none(), PieceListener.none());
        assertThat(generator.generate(prompts, settings, Deadline.none(), PieceListener.none()))
                .isEqualTo(once);
        assertThat(once.get(0).tokens()).isNotEqualTo(once.get(1).tokens());
    }

    @Test
    void theTokenizerOfAnotherModelIsRefused() {
        assertThatThrownBy(() -> new TextGenerator(ScriptedDecoder.writing(99, 1, 1), TOKENIZER, Set.of()))
                .isInstanceOf(ArtifactMismatch.class)
                .hasMessageStartingWith("The tokenizer small tokenizer has 263 tokens, the model has rows for 99;");
    }

    @Test
    void aConstraintLetsThroughOnlyWhatItAllows() {
        // The model wants b, then always its end; the constraint wants the item "ca" between < and >.
        ScriptedDecoder decoder = new ScriptedDecoder(VOCABULARY, 100, path -> {
            float[] scores = ScriptedDecoder.only(VOCABULARY, path.length == 1 ? 'b' : SmallTokenizer.END);
            scores['<'] = path.length == 1 ? 49 : -40;
            return scores;
        });
        TrieMask items = TokenTrie.of(List.of(new int[] {'c', 'a'}, new int[] {'c', 'b'}))
                .where(item -> item == 0);
        TokenConstraint spans = new SpanConstraint(items, '<', '>', 'a', 'd');
        TextGenerator generator = new TextGenerator(decoder, TOKENIZER, Set.of(SmallTokenizer.END));
        assertThat(generator
                        .constrained(spans)
                        .generate(PROMPT, GenerationSettings.greedy(20))
                        .text())
                .isEqualTo("<ca>");
        assertThat(generator.generate(PROMPT, GenerationSettings.greedy(20)).text())
                .isEqualTo("b");
    }
}
