package dev.sidereal.model.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplingTest {
    private static final float OUT = Float.NEGATIVE_INFINITY;

    /** Probabilities .5, .25, .15, .06, .04, not in order. */
    private static final double[] LAW = {.15, .5, .04, .25, .06};

    private static final int DRAWS = 40_000;

    @Test
    void theBestTokenIsTakenUnlessAskedOtherwise() {
        assertThat(new TokenSampler(Sampling.GREEDY, 0, new int[0]).next(logits()))
                .isEqualTo(1);
    }

    record Case(String name, Sampling sampling, double... law) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Laws by hand from the definitions of the steps. */
    static Case[] cases() {
        Sampling plain = Sampling.plain(7);
        double roots = 0;
        for (double p : LAW) {
            roots += Math.sqrt(p);
        }
        return new Case[] {
            new Case("plain", plain, LAW),
            new Case(
                    "temperature 2 takes the square root",
                    plain.withTemperature(2),
                    Math.sqrt(.15) / roots,
                    Math.sqrt(.5) / roots,
                    Math.sqrt(.04) / roots,
                    Math.sqrt(.25) / roots,
                    Math.sqrt(.06) / roots),
            new Case("top-k 2", plain.withTopK(2), 0, .5 / .75, 0, .25 / .75, 0),
            new Case("top-p .7 needs two", plain.withTopP(.7), 0, .5 / .75, 0, .25 / .75, 0),
            new Case("top-p .8 needs three", plain.withTopP(.8), .15 / .9, .5 / .9, 0, .25 / .9, 0),
            new Case("top-p .4 keeps one", plain.withTopP(.4), 0, 1, 0, 0, 0),
            new Case("min-p .2 of .5", plain.withMinP(.2), .15 / .9, .5 / .9, 0, .25 / .9, 0),
            // After top-k 3 the best has 5/9: top-p .8 of what is left keeps two, .8 of all would keep three.
            new Case("top-p acts on what top-k left", plain.withTopK(3).withTopP(.8), 0, .5 / .75, 0, .25 / .75, 0),
            // At temperature 1/2 the law is squared: .25 of .3376 alone reach .7.
            new Case("temperature comes before top-p", plain.withTemperature(.5).withTopP(.7), 0, 1, 0, 0, 0),
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tokensComeAsOftenAsTheLawSays(Case one) {
        TokenSampler sampler = new TokenSampler(one.sampling(), 0, new int[0]);
        int[] counts = new int[LAW.length];
        for (int i = 0; i < DRAWS; i++) {
            counts[sampler.next(logits())]++;
        }
        for (int t = 0; t < LAW.length; t++) {
            double deviation = Math.sqrt(one.law()[t] * (1 - one.law()[t]) / DRAWS);
            assertThat((double) counts[t] / DRAWS).as("token " + t).isCloseTo(one.law()[t], within(4.5 * deviation));
        }
    }

    @Test
    void aTokenThatWasThereIsMadeLessLikely() {
        float[] logits = {2, -2, 3};
        BitSet seen = new BitSet();
        seen.set(0, 2);
        seen.set(99);
        new LogitsStep.RepetitionPenalty(2).apply(logits, seen);
        assertThat(logits).containsExactly(1, -4, 3);
    }

    @Test
    void theRepetitionPenaltySeesPromptAndText() {
        TokenSampler sampler = new TokenSampler(Sampling.GREEDY.withRepetitionPenalty(2), 0, new int[] {2});
        assertThat(sampler.next(new float[] {1, 2, 3})).isEqualTo(1);
        assertThat(sampler.next(new float[] {1.2f, 2, 3})).isEqualTo(2);
        assertThat(sampler.next(new float[] {1.6f, 2, 3})).isEqualTo(0);
    }

    @Test
    void tokensThatTieWithTheLastAreKept() {
        float[] logits = {1, 3, 1, 0};
        new LogitsStep.TopK(2).apply(logits, new BitSet());
        assertThat(logits).containsExactly(1, 3, 1, OUT);
    }

    @Test
    void theSameSeedDrawsTheSameAndTextsDrawApart() {
        assertThat(draws(3, 0)).isEqualTo(draws(3, 0)).isNotEqualTo(draws(4, 0)).isNotEqualTo(draws(3, 1));
    }

    private static String draws(long seed, int text) {
        TokenSampler sampler = new TokenSampler(Sampling.plain(seed), text, new int[0]);
        StringBuilder drawn = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            drawn.append(sampler.next(logits()));
        }
        return drawn.toString();
    }

    @Test
    void scoresThatAreNoNumbersAreRefused() {
        assertThatThrownBy(
                        () -> new TokenSampler(Sampling.GREEDY, 0, new int[0]).next(new float[] {Float.NaN, Float.NaN}))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "The model's scores of the next token are all NaN or infinite; its weights are damaged or its "
                                + "number type overflows, try F32.");
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> Sampling.GREEDY.withTemperature(-1))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The temperature must be 0 or above, got -1.0.");
        assertThatThrownBy(() -> Sampling.GREEDY.withTopK(-1)).hasMessage("top-k must be 0 (off) or above, got -1.");
        assertThatThrownBy(() -> Sampling.GREEDY.withTopP(0))
                .hasMessage("top-p must be above 0 and at most 1 (off), got 0.0.");
        assertThatThrownBy(() -> Sampling.GREEDY.withMinP(2)).hasMessage("min-p must be from 0 (off) to 1, got 2.0.");
        assertThatThrownBy(() -> Sampling.GREEDY.withRepetitionPenalty(Double.NaN))
                .hasMessage("The repetition penalty must be above 0, 1 for none, got NaN.");
        assertThatThrownBy(() -> GenerationSettings.greedy(0))
                .hasMessage("A text needs room for at least 1 token, got 0.");
        assertThatThrownBy(() -> GenerationSettings.greedy(1).withStops("a", ""))
                .hasMessage("A stop sequence must not be empty.");
    }

    private static float[] logits() {
        float[] logits = new float[LAW.length];
        for (int t = 0; t < LAW.length; t++) {
            logits[t] = (float) Math.log(LAW[t]) + 3;
        }
        return logits;
    }
}
