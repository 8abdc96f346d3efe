package dev.sidereal.model.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BudgetExceeded;
import dev.sidereal.model.weights.WeightSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every runtime of {@link Decoder} must do; the reference is {@link NaiveDecoder}. */
public abstract class DecoderContract {
    private static final int[] PROMPT = {3, 1, 4, 1, 5, 9, 2, 6, 5, 35, 8, 9, 7};

    /** Opens the runtime in single precision. */
    protected abstract Decoder open(DecoderConfig config, WeightSource weights, Edits edits);

    /** Largest error allowed, as a share of the largest value of the reference. */
    protected double tolerance() {
        return 1e-3;
    }

    @ParameterizedTest
    @EnumSource
    void aPromptScoresAsTheDefinitionSays(TinyConfig tiny) {
        NaiveDecoder.Result expected = naive(tiny).run(PROMPT);
        try (Decoder decoder = open(tiny);
                DecodeSession session = decoder.open(PROMPT.length)) {
            assertThat(decoder.config()).isEqualTo(tiny.config());
            session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(PROMPT))));
            assertClose(logits(session, tiny), expected.lastLogits());
            assertClose(session.hidden()[0], expected.lastHidden());
            assertThat(session.size()).isEqualTo(PROMPT.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokenByTokenScoresAsTheWholePromptDoes(TinyConfig tiny) {
        NaiveDecoder.Result expected = naive(tiny).run(PROMPT);
        try (Decoder decoder = open(tiny);
                DecodeSession session = decoder.open(PROMPT.length)) {
            int node = DecodeSession.ROOT;
            for (int i = 0; i < PROMPT.length; i++) {
                node = session.feed(List.of(Branch.of(node, Input.of(PROMPT[i]))))[0];
                assertClose(logits(session, tiny), expected.logits()[i]);
                assertClose(session.hidden()[0], expected.hidden()[i]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPathAsLongAsTheModelAllowsScoresRight(TinyConfig tiny) {
        Random random = new Random(5);
        int[] tokens = random.ints(
                        tiny.config().maxPositions(), 0, tiny.config().vocabulary())
                .toArray();
        try (Decoder decoder = open(tiny);
                DecodeSession session = decoder.open(tokens.length)) {
            session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(tokens))));
            assertClose(logits(session, tiny), naive(tiny).run(tokens).lastLogits());
        }
    }

    @ParameterizedTest
    @EnumSource
    void itScoresAsLlamaCppDoes(GoldenModel golden) {
        try (WeightSource weights = golden.weights();
                Decoder decoder = open(golden.config(), weights, Edits.NONE);
                DecodeSession session = decoder.open(64)) {
            GoldenModel.Golden prompt = golden.shortPrompt();
            int node = DecodeSession.ROOT;
            for (int i = 0; i < prompt.tokens().length; i++) {
                node = session.feed(List.of(Branch.of(node, Input.of(prompt.tokens()[i]))))[0];
                assertClose(session.logits(0, 96), prompt.logits()[i]);
            }
            prompt = golden.longPrompt();
            session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(prompt.tokens()))));
            assertClose(session.logits(0, 96), prompt.logits()[0]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void promptsOfUnequalLengthInOnePassScoreAsAlone(TinyConfig tiny) {
        int[][] prompts = {{1, 2, 3, 4, 5}, {7}, {9, 8, 7, 6, 5, 4, 3, 2, 1}, {40, 41}};
        NaiveDecoder naive = naive(tiny);
        try (Decoder decoder = open(tiny);
                DecodeSession session = decoder.open(40)) {
            int[] nodes = session.feed(Arrays.stream(prompts)
                    .map(p -> Branch.of(DecodeSession.ROOT, Input.of(p)))
                    .toList());
            assertRows(
                    session,
                    tiny,
                    Arrays.stream(prompts).map(p -> naive.run(p).lastLogits()).toList());
            List<Branch> next = new ArrayList<>();
            List<double[]> expected = new ArrayList<>();
            for (int i = 0; i < prompts.length; i++) {
                int[] more = Arrays.copyOf(new int[] {11, 12, 13, 14}, i + 1);
                next.add(Branch.of(nodes[i], Input.of(more)));
                expected.add(naive.run(concat(prompts[i], more)).lastLogits());
            }
            session.feed(next);
            assertRows(session, tiny, expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void forkedBeamsScoreAsSequencesOfTheirOwn(TinyConfig tiny) {
        Random random = new Random(7);
        NaiveDecoder naive = naive(tiny);
        try (Decoder decoder = open(tiny);
                DecodeSession session = decoder.open(100)) {
            List<int[]> beams = List.of(PROMPT);
            int[] nodes = session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(PROMPT))));
            for (int step = 0; step < 4; step++) {
                List<Branch> branches = new ArrayList<>();
                List<int[]> grown = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    int from = random.nextInt(beams.size());
                    int token = random.nextInt(tiny.config().vocabulary());
                    branches.add(Branch.of(nodes[from], Input.of(token)));
                    grown.add(concat(beams.get(from), token));
                }
                nodes = session.feed(branches);
                beams = grown;
                assertRows(
                        session,
                        tiny,
                        beams.stream().map(b -> naive.run(b).lastLogits()).toList());
            }
            assertThat(session.size()).isEqualTo(PROMPT.length + 24);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSoftPromptStandsWhereEmbeddingsWould(TinyConfig tiny) {
        Random random = new Random(3);
        float[][] rows = new float[3][tiny.config().hidden()];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        Branch tokens = Branch.of(DecodeSession.ROOT, Input.of(5, 6));
        Branch soft = Branch.of(DecodeSession.ROOT, new Input.Vectors(rows));
        Branch end = Branch.of(DecodeSession.ROOT, Input.of(8));
        NaiveDecoder naive = naive(tiny);
        try (Decoder decoder = open(tiny);
                DecodeSession session = decoder.open(20)) {
            int[] nodes = session.feed(List.of(tokens, soft));
            assertRows(
                    session,
                    tiny,
                    List.of(
                            naive.run(true, tokens).lastLogits(),
                            naive.run(true, soft).lastLogits()));
            nodes = session.feed(List.of(Branch.of(nodes[0], soft.input()), Branch.of(nodes[1], end.input())));
            assertRows(
                    session,
                    tiny,
                    List.of(
                            naive.run(true, tokens, soft).lastLogits(),
                            naive.run(true, soft, end).lastLogits()));
            session.feed(List.of(Branch.of(nodes[0], end.input())));
            assertRows(session, tiny, List.of(naive.run(true, tokens, soft, end).lastLogits()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEditActsOnTheLastPositionOfItsBranchAndOnNothingElse(TinyConfig tiny) {
        Edits edits = edits(tiny.config());
        var naive = new NaiveDecoder(tiny.config(), RandomWeights.of(tiny.config(), 1), edits);
        Branch first = new Branch(DecodeSession.ROOT, Input.of(3, 1, 4), 0);
        Branch plain = Branch.of(DecodeSession.ROOT, Input.of(3, 1, 4));
        Branch unknown = new Branch(DecodeSession.ROOT, Input.of(3, 1, 4), 7);
        Branch second = new Branch(DecodeSession.ROOT, Input.of(9, 2), 1);
        Branch after = Branch.of(DecodeSession.ROOT, Input.of(6));
        try (Decoder decoder = open(tiny.config(), RandomWeights.of(tiny.config(), 1), edits);
                DecodeSession session = decoder.open(40)) {
            int[] nodes = session.feed(List.of(first, plain, unknown));
            double[] plainly = naive.run(true, plain).lastLogits();
            double[] edited = naive.run(true, first).lastLogits();
            assertThat(error(floats(edited), plainly)).isGreaterThan(0.01);
            assertRows(session, tiny, List.of(edited, plainly, plainly));
            Branch other = new Branch(DecodeSession.ROOT, second.input(), 0);
            nodes = session.feed(List.of(
                    new Branch(nodes[0], second.input(), 1),
                    Branch.of(nodes[1], second.input()),
                    new Branch(nodes[2], other.input(), 0)));
            assertRows(
                    session,
                    tiny,
                    List.of(
                            naive.run(true, first, second).lastLogits(),
                            naive.run(3, 1, 4, 9, 2).lastLogits(),
                            naive.run(true, plain, other).lastLogits()));
            session.feed(List.of(Branch.of(nodes[0], after.input()), Branch.of(nodes[1], after.input())));
            assertRows(
                    session,
                    tiny,
                    List.of(
                            naive.run(true, first, second, after).lastLogits(),
                            naive.run(3, 1, 4, 9, 2, 6).lastLogits()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withEditsLeftOutEveryBitIsAsWithoutThem(TinyConfig tiny) {
        float[] plain;
        try (Decoder decoder = open(tiny);
                DecodeSession session = decoder.open(20)) {
            int node = session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(3, 1, 4))))[0];
            session.feed(List.of(Branch.of(node, Input.of(1))));
            plain = logits(session, tiny);
        }
        Edits edits = edits(tiny.config());
        try (Decoder decoder = open(tiny.config(), RandomWeights.of(tiny.config(), 1), edits);
                DecodeSession session = decoder.open(20)) {
            session.feed(List.of(new Branch(DecodeSession.ROOT, Input.of(3, 1, 4), 0)));
            assertThat(logits(session, tiny)).isNotEqualTo(plain);
            int node = session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(3, 1, 4))))[0];
            session.feed(List.of(Branch.of(node, Input.of(1))));
            assertThat(logits(session, tiny)).containsExactly(plain);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRewoundSessionGoesOnAsIfTheRestWereNeverFed(TinyConfig tiny) {
        NaiveDecoder naive = naive(tiny);
        try (Decoder decoder = open(tiny);
                DecodeSession session = decoder.open(8)) {
            int[] nodes = session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(3, 1, 4, 1))));
            session.feed(List.of(Branch.of(nodes[0], Input.of(9, 9)), Branch.of(nodes[0], Input.of(8, 8))));
            session.rewind(4);
            assertThat(session.size()).isEqualTo(4);
            session.feed(List.of(Branch.of(nodes[0], Input.of(5, 9)), Branch.of(nodes[0], Input.of(2))));
            assertRows(
                    session,
                    tiny,
                    List.of(
                            naive.run(3, 1, 4, 1, 5, 9).lastLogits(),
                            naive.run(3, 1, 4, 1, 2).lastLogits()));
            session.rewind(0);
            session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(7, 7))));
            assertRows(session, tiny, List.of(naive.run(7, 7).lastLogits()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void scoresOfARangeAreThoseOfTheWholeVocabulary(TinyConfig tiny) {
        try (Decoder decoder = open(tiny);
                DecodeSession session = decoder.open(20)) {
            session.feed(
                    List.of(Branch.of(DecodeSession.ROOT, Input.of(3, 1)), Branch.of(DecodeSession.ROOT, Input.of(4))));
            float[] all = logits(session, tiny);
            float[] some = session.logits(10, 23);
            assertThat(some).hasSize(26);
            int vocabulary = tiny.config().vocabulary();
            Offset<Float> offset = Offset.offset(1e-5f);
            for (int i = 0; i < 13; i++) {
                assertThat(some[i]).isCloseTo(all[10 + i], offset);
                assertThat(some[13 + i]).isCloseTo(all[vocabulary + 10 + i], offset);
            }
            assertThatThrownBy(() -> session.logits(10, vocabulary + 1))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("Scores were asked for the tokens 10 to " + (vocabulary + 1) + ", the vocabulary has "
                            + vocabulary + ".");
        }
    }

    @ParameterizedTest
    @EnumSource
    void sessionsOfOneDecoderDoNotSeeEachOther(TinyConfig tiny) {
        NaiveDecoder naive = naive(tiny);
        try (Decoder decoder = open(tiny);
                DecodeSession one = decoder.open(10);
                DecodeSession two = decoder.open(10)) {
            int first = one.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(3, 1))))[0];
            int second = two.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(9, 2))))[0];
            one.feed(List.of(Branch.of(first, Input.of(4))));
            two.feed(List.of(Branch.of(second, Input.of(6))));
            assertClose(logits(one, tiny), naive.run(3, 1, 4).lastLogits());
            assertClose(logits(two, tiny), naive.run(9, 2, 6).lastLogits());
        }
    }

    @Test
    void aFullSessionSaysSoAndTakesNothingIn() {
        TinyConfig tiny = TinyConfig.QWEN3;
        try (Decoder decoder = open(tiny);
                DecodeSession session = decoder.open(5)) {
            int node = session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(3, 1, 4))))[0];
            assertThatThrownBy(() ->
                            session.feed(List.of(Branch.of(node, Input.of(1)), Branch.of(node, Input.of(5, 9)))))
                    .isInstanceOf(BudgetExceeded.class)
                    .hasMessage("Feeding 3 positions needs room for 6, the session was opened for 5; open it with a"
                            + " larger capacity or rewind it first.");
            assertThat(session.size()).isEqualTo(3);
            session.feed(List.of(Branch.of(node, Input.of(1, 5))));
            assertClose(logits(session, tiny), naive(tiny).run(3, 1, 4, 1, 5).lastLogits());
        }
    }

    @Test
    void whatCannotBeFedIsASentenceAndNothingIsTakenIn() {
        TinyConfig tiny = TinyConfig.QWEN3;
        Branch good = Branch.of(DecodeSession.ROOT, Input.of(1));
        try (Decoder decoder = open(tiny);
                DecodeSession session = decoder.open(200)) {
            assertThatThrownBy(() -> session.feed(List.of(good, Branch.of(0, Input.of(1)))))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("A branch continues node 0, the session holds 0 nodes; feed its parent first, numbers"
                            + " start at 0.");
            assertThatThrownBy(() -> session.feed(List.of(good, Branch.of(DecodeSession.ROOT, Input.of(4, 53)))))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("Token 53 is outside the vocabulary of 53; was it made by the tokenizer of another"
                            + " model?");
            assertThatThrownBy(() -> session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(-1)))))
                    .isInstanceOf(BadConfig.class)
                    .hasMessageContaining("Token -1 is outside the vocabulary of 53");
            assertThatThrownBy(() ->
                            session.feed(List.of(Branch.of(DecodeSession.ROOT, new Input.Vectors(new float[2][5])))))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("A vector of a soft prompt has 5 numbers, the model's hidden width is 24.");
            assertThatThrownBy(() -> session.feed(List.of()))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("A feed needs at least one branch, got none.");
            assertThat(session.size()).isZero();
            int node = session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(new int[64]))))[0];
            assertThatThrownBy(() -> session.feed(List.of(Branch.of(node, Input.of(1)))))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("A path would grow to 65 positions, the model reads at most 64; shorten the prompt.");
            assertThat(session.size()).isEqualTo(64);
            assertThatThrownBy(() -> session.rewind(65))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("A session of 64 positions cannot be rewound to 65 positions.");
        }
    }

    @Test
    void aSessionWithoutRoomIsRefused() {
        try (Decoder decoder = open(TinyConfig.LLAMA)) {
            assertThatThrownBy(() -> decoder.open(0))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("A session's capacity must be at least 1 position, got 0.");
        }
    }

    @Test
    void anEditOfAnotherShapeIsRefused() {
        DecoderConfig config = TinyConfig.QWEN3.config();
        var edits = new Edits(List.of(new Edits.Delta(0, 1, new float[2][37], new float[24][3])));
        assertThatThrownBy(() -> open(config, RandomWeights.of(config, 1), edits))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The edit of step 0 and layer 1, b: expected rows of 2 numbers, got 3.");
    }

    /** Step 0 edits all layers in rank 2, step 1 the first in full. */
    private static Edits edits(DecoderConfig config) {
        Random random = new Random(11);
        List<Edits.Delta> deltas = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            deltas.add(new Edits.Delta(
                    0, layer, gaussian(random, 2, config.intermediate()), gaussian(random, config.hidden(), 2)));
        }
        deltas.add(new Edits.Delta(1, 0, new float[0][], gaussian(random, config.hidden(), config.intermediate())));
        return new Edits(deltas);
    }

    private static float[][] gaussian(Random random, int rows, int columns) {
        float[][] out = new float[rows][columns];
        for (float[] row : out) {
            for (int i = 0; i < columns; i++) {
                row[i] = 0.2f * (float) random.nextGaussian();
            }
        }
        return out;
    }

    private Decoder open(TinyConfig tiny) {
        return open(tiny.config(), RandomWeights.of(tiny.config(), 1), Edits.NONE);
    }

    private static NaiveDecoder naive(TinyConfig tiny) {
        return new NaiveDecoder(tiny.config(), RandomWeights.of(tiny.config(), 1));
    }

    private static float[] logits(DecodeSession session, TinyConfig tiny) {
        return session.logits(0, tiny.config().vocabulary());
    }

    private void assertRows(DecodeSession session, TinyConfig tiny, List<double[]> expected) {
        float[] got = logits(session, tiny);
        int vocabulary = tiny.config().vocabulary();
        assertThat(got).hasSize(expected.size() * vocabulary);
        for (int i = 0; i < expected.size(); i++) {
            assertClose(Arrays.copyOfRange(got, i * vocabulary, (i + 1) * vocabulary), expected.get(i));
        }
    }

    private void assertClose(float[] got, double[] expected) {
        assertThat(error(got, expected)).isLessThan(tolerance());
    }

    /** {@return the largest difference as a share of the largest expected value} */
    private static double error(float[] got, double[] expected) {
        assertThat(got).hasSize(expected.length);
        double worst = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(got[i] - expected[i]);
            worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return worst / largest;
    }

    private static float[] floats(double[] values) {
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) values[i];
        }
        return out;
    }

    private static int[] concat(int[] first, int... second) {
        int[] out = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, out, first.length, second.length);
        return out;
    }
}
