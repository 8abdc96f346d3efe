package dev.sidereal.model.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NaiveDecoderTest {
    @ParameterizedTest
    @EnumSource
    void aLaterTokenChangesNothingBeforeItWhenCausal(TinyConfig tiny) {
        NaiveDecoder decoder = decoder(tiny);
        double[][] longer = decoder.run(3, 1, 4, 1, 5).logits();
        assertThat(decoder.run(3, 1, 4).lastLogits()).containsExactly(longer[2]);
        assertThat(decoder.run(3, 1, 4, 1, 6).lastLogits()).isNotEqualTo(longer[4]);
    }

    @ParameterizedTest
    @EnumSource
    void aLaterTokenChangesEverythingWhenNotCausal(TinyConfig tiny) {
        NaiveDecoder decoder = decoder(tiny);
        Branch four = Branch.of(DecodeSession.ROOT, Input.of(3, 1, 4, 1));
        double[] before = decoder.run(false, four).hidden()[0];
        double[] after = decoder.run(false, four, Branch.of(DecodeSession.ROOT, Input.of(5)))
                .hidden()[0];
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void oneTokenAttendsToItselfWhateverItsQuery() {
        DecoderConfig config = TinyConfig.QWEN3.config();
        NaiveDecoder decoder = decoder(TinyConfig.QWEN3);
        assertThat(decoder.run(7).lastLogits())
                .containsExactly(decoder.run(false, Branch.of(DecodeSession.ROOT, Input.of(7)))
                        .lastLogits());
        assertThat(decoder.run(7).logits()[0]).hasSize(config.vocabulary());
    }

    @ParameterizedTest
    @EnumSource
    void swappingTwoTokensChangesTheScoresAfterThem(TinyConfig tiny) {
        NaiveDecoder decoder = decoder(tiny);
        assertThat(decoder.run(3, 1, 4).lastLogits()[0])
                .isNotCloseTo(decoder.run(1, 3, 4).lastLogits()[0], within(1e-6));
    }

    @ParameterizedTest
    @EnumSource
    void itScoresAsLlamaCppDoes(GoldenModel golden) {
        var naive = new NaiveDecoder(golden.config(), golden.weights());
        for (GoldenModel.Golden prompt : List.of(golden.shortPrompt(), golden.longPrompt())) {
            double[][] got = naive.run(prompt.tokens()).logits();
            double[][] expected = prompt.logits();
            for (int i = 0; i < expected.length; i++) {
                assertThat(got[got.length - expected.length + i])
                        .usingComparatorWithPrecision(1e-4)
                        .containsExactly(expected[i]);
            }
        }
    }

    @Test
    void aFullEditEqualsTheSameEditInFactors() {
        DecoderConfig config = TinyConfig.LLAMA.config();
        float[][] identity = new float[config.intermediate()][config.intermediate()];
        float[][] b = new float[config.hidden()][config.intermediate()];
        for (int i = 0; i < identity.length; i++) {
            identity[i][i] = 1;
            b[i % b.length][i] = 0.1f;
        }
        var full = new Edits(List.of(new Edits.Delta(0, 1, new float[0][], b)));
        var factors = new Edits(List.of(new Edits.Delta(0, 1, identity, b)));
        Branch edited = new Branch(DecodeSession.ROOT, Input.of(3, 1), 0);
        RandomWeights weights = RandomWeights.of(config, 1);
        double[] got = new NaiveDecoder(config, weights, full).run(true, edited).lastLogits();
        assertThat(got)
                .containsExactly(new NaiveDecoder(config, weights, factors)
                        .run(true, edited)
                        .lastLogits());
        assertThat(got).isNotEqualTo(new NaiveDecoder(config, weights).run(3, 1).lastLogits());
    }

    private static NaiveDecoder decoder(TinyConfig tiny) {
        return new NaiveDecoder(tiny.config(), RandomWeights.of(tiny.config(), 1));
    }
}
