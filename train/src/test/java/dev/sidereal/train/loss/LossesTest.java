package dev.sidereal.train.loss;

import static java.lang.Math.exp;
import static java.lang.Math.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.FiniteDifferences;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.train.loss.Embedded.Role;
import dev.sidereal.train.loss.InfoNce.Direction;
import dev.sidereal.train.loss.InfoNce.Partition;
import dev.sidereal.train.loss.Matryoshka.Prefix;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On vectors whose cosines can be read off: east, north, and between them (3, 4) with 0.6 and 0.8. */
class LossesTest {
    private static final Offset<Double> CLOSE = Offset.offset(1e-9);
    private static final double T = 0.5;

    private TensorScope scope;

    @BeforeEach
    void begin() {
        scope = new TensorScope();
    }

    @AfterEach
    void end() {
        scope.close();
    }

    /** Two rows: (east, between) and (2 north, east). Cosines q with p: .6 1 / .8 0; q with q: 0; p with p: .6. */
    private static Embedded batch() {
        return Embedded.of(matrix(2, 1, 0, 0, 2), matrix(2, 3, 4, 1, 0));
    }

    /** Each row with negatives north and -east: cosines 0 -1 / 1 0. */
    private static Embedded withNegatives() {
        return batch().with(Role.NEGATIVES, Tensors.of(new double[] {0, 1, -1, 0, 0, 1, -1, 0}, 2, 2, 2));
    }

    private static Tensor matrix(int rows, double... numbers) {
        return Tensors.of(numbers, rows, numbers.length / rows);
    }

    private static Tensor mask(int rows, int... bits) {
        long[] numbers = Arrays.stream(bits).asLongStream().toArray();
        return Tensors.of(numbers, rows, bits.length / rows).to(DType.BOOL);
    }

    private static double e(double cosine) {
        return exp(cosine / T);
    }

    @Test
    void inBatchPutsThePositivesOfOtherRowsInTheDenominator() {
        double expected = (-log(e(.6) / (e(.6) + e(1))) - log(e(0) / (e(0) + e(.8)))) / 2;
        assertThat(InfoNce.inBatch(T).of(batch()).item()).isCloseTo(expected, CLOSE);
    }

    @Test
    void hardNegativesAreNotInTheInBatchDenominator() {
        assertThat(InfoNce.inBatch(T).of(withNegatives()).item())
                .isEqualTo(InfoNce.inBatch(T).of(batch()).item());
    }

    @Test
    void otherRowsAreNotInTheHardDenominator() {
        double expected = (-log(e(.6) / (e(.6) + e(0) + e(-1))) - log(e(0) / (e(0) + e(1) + e(0)))) / 2;
        assertThat(HardInfoNce.of(T).of(withNegatives()).item()).isCloseTo(expected, CLOSE);
    }

    @Test
    void anAbsentNegativeIsNotInTheHardDenominator() {
        Embedded ragged = withNegatives().with(Role.ABSENT, mask(2, 0, 1, 1, 1));
        double expected = -log(e(.6) / (e(.6) + e(0))) / 2;
        assertThat(HardInfoNce.of(T).of(ragged).item()).isCloseTo(expected, CLOSE);
    }

    @Test
    void fourDirectionsStandInOneDenominator() {
        double row0 = -log(e(.6) / (e(.6) + e(1) + e(.8) + e(0) + e(.6)));
        double row1 = -log(e(0) / (e(0) + e(.8) + e(1) + e(0) + e(.6)));
        Loss loss = InfoNce.of(
                T,
                EnumSet.of(
                        Direction.QUERY_POSITIVE,
                        Direction.POSITIVE_QUERY,
                        Direction.QUERY_QUERY,
                        Direction.POSITIVE_POSITIVE),
                Partition.JOINT);
        assertThat(loss.of(batch()).item()).isCloseTo((row0 + row1) / 2, CLOSE);
    }

    @Test
    void symmetricIsTheMeanOfBothWays() {
        double there = (-log(e(.6) / (e(.6) + e(1))) - log(e(0) / (e(0) + e(.8)))) / 2;
        double back = (-log(e(.6) / (e(.6) + e(.8))) - log(e(0) / (e(0) + e(1)))) / 2;
        assertThat(InfoNce.symmetric(T).of(batch()).item()).isCloseTo((there + back) / 2, CLOSE);
    }

    @Test
    void ownNegativesCanStandInTheInBatchDenominator() {
        double row0 = -log(e(.6) / (e(.6) + e(1) + e(0) + e(-1)));
        double row1 = -log(e(0) / (e(0) + e(.8) + e(1) + e(0)));
        Loss loss = InfoNce.of(T, EnumSet.of(Direction.QUERY_POSITIVE, Direction.QUERY_NEGATIVES), Partition.JOINT);
        assertThat(loss.of(withNegatives()).item()).isCloseTo((row0 + row1) / 2, CLOSE);
    }

    @Test
    void aPositiveThatOccursTwiceIsNotItsOwnNegative() {
        // Rows 0 and 2 hold the same document; what is left for both is row 1's.
        Embedded batch = Embedded.of(matrix(3, 1, 0, 0, 2, 1, 0), matrix(3, 3, 4, 1, 0, 3, 4))
                .withIds(List.of("a", "b", "c"), List.of("x", "y", "x"));
        double row0 = -log(e(.6) / (e(.6) + e(1)));
        double row1 = -log(e(0) / (e(0) + 2 * e(.8)));
        assertThat(InfoNce.inBatch(T).of(batch).item()).isCloseTo((2 * row0 + row1) / 3, CLOSE);
    }

    @Test
    void anotherPositiveOfTheSameQueryIsNoNegativeInAnyDirection() {
        Embedded batch = batch().withIds(List.of("a", "a"), List.of("x", "y"));
        for (Direction direction :
                EnumSet.complementOf(EnumSet.of(Direction.QUERY_NEGATIVES, Direction.ALL_NEGATIVES))) {
            Loss loss = InfoNce.of(T, EnumSet.of(direction), Partition.JOINT);
            assertThat(loss.of(batch).item()).as("%s", direction).isCloseTo(0, CLOSE);
        }
    }

    @Test
    void smoothedLabelsSpreadOverTheCandidatesLeft() {
        Embedded masked = batch().with(Role.RELEVANT, mask(2, 1, 0, 1, 1));
        double right = -log(e(.6) / (e(.6) + e(1)));
        double wrong = -log(e(1) / (e(.6) + e(1)));
        // Row 1 has one candidate, which all of the target falls on.
        double expected = (.9 * right + .1 * (right + wrong) / 2) / 2;
        assertThat(InfoNce.inBatch(T).withSmoothing(.1).of(masked).item()).isCloseTo(expected, CLOSE);
    }

    @Test
    void debiasedTakesTheExpectedPositivesOutOfTheOthers() {
        double tau = .1;
        double row0 = -log(e(.6) / (e(.6) + (e(1) - tau * e(.6)) / (1 - tau)));
        double row1 = -log(e(0) / (e(0) + (e(.8) - tau * e(0)) / (1 - tau)));
        assertThat(new DebiasedInfoNce(T, tau).of(batch()).item()).isCloseTo((row0 + row1) / 2, CLOSE);
        assertThat(new DebiasedInfoNce(T, 0).of(batch()).item())
                .isCloseTo(InfoNce.inBatch(T).of(batch()).item(), CLOSE);
    }

    @Test
    void debiasedNeverFallsBelowTheLeastThatCosinesAllow() {
        // The other is opposite, so the estimate would be negative.
        Embedded batch = Embedded.of(matrix(2, 1, 0, -1, 0), matrix(2, 1, 0, -1, 0));
        double expected = -log(e(1) / (e(1) + e(-1)));
        assertThat(new DebiasedInfoNce(T, .5).of(batch).item()).isCloseTo(expected, CLOSE);
    }

    @Test
    void marginsAreComparedWithTheTeachers() {
        // Dot products: q.p 3 and 0; q.n 0, -1 and 2, 0. Margins 3, 4 and -2, 0; the teacher's 2, 4 and 1, 1.
        Embedded batch = withNegatives().with(Role.SCORES, matrix(2, 5, 3, 1, 1, 0, 0));
        assertThat(new MarginMse(Similarity.DOT).of(batch).item()).isCloseTo((1 + 0 + 9 + 1) / 4.0, CLOSE);
        Embedded ragged = batch.with(Role.ABSENT, mask(2, 0, 0, 1, 0));
        assertThat(new MarginMse(Similarity.DOT).of(ragged).item()).isCloseTo((1 + 0 + 1) / 3.0, CLOSE);
    }

    @Test
    void theStudentsDistributionFollowsTheTeachers() {
        Embedded batch = Embedded.of(matrix(1, 1, 0), matrix(1, 3, 4))
                .with(Role.NEGATIVES, Tensors.of(new double[] {0, 1}, 1, 1, 2))
                .with(Role.SCORES, matrix(1, 2, 1));
        double p = exp(1) / (exp(1) + exp(.5));
        double q = exp(.3 * 10) / (exp(.3 * 10) + exp(0));
        double expected = 4 * (p * log(p / q) + (1 - p) * log((1 - p) / (1 - q)));
        Loss loss = new KlDistillation(2, 10, Similarity.COSINE);
        assertThat(loss.of(batch).item()).isCloseTo(expected, CLOSE);
    }

    @Test
    void anAbsentNegativeHasNoPartInTheDistribution() {
        Loss loss = new KlDistillation(1, 1, Similarity.COSINE);
        Embedded batch = Embedded.of(matrix(1, 1, 0), matrix(1, 3, 4))
                .with(Role.NEGATIVES, Tensors.of(new double[] {0, 1}, 1, 1, 2))
                .with(Role.SCORES, matrix(1, 2, 1))
                .with(Role.ABSENT, mask(1, 1));
        assertThat(loss.of(batch).item()).isCloseTo(0, CLOSE);
    }

    @Test
    void coSentCountsPairsInTheWrongOrder() {
        // Cosines .6 and 0, and the first is scored lower.
        Embedded wrong = batch().with(Role.SCORES, Tensors.of(new double[] {1, 4}, 2));
        assertThat(new CoSent(20).of(wrong).item()).isCloseTo(log(1 + exp(12)), CLOSE);
        Embedded right = batch().with(Role.SCORES, Tensors.of(new double[] {4, 1}, 2));
        assertThat(new CoSent(20).of(right).item()).isCloseTo(log(1 + exp(-12)), CLOSE);
        Embedded tied = batch().with(Role.SCORES, Tensors.of(new double[] {2, 2}, 2));
        assertThat(new CoSent(20).of(tied).item()).isCloseTo(0, CLOSE);
    }

    @Test
    void angleComparesComplexVectors() {
        // Row 0: z = 1, w = 3 + 4i: (3 + (0 - 4)) / 5, so 1/5. Row 1: z = 2i, w = 1: (0 + 2) / 2 = 1.
        Embedded batch = batch().with(Role.SCORES, Tensors.of(new double[] {4, 1}, 2));
        assertThat(new AnglE(20).of(batch).item()).isCloseTo(log(1 + exp(20 * (1 - .2))), CLOSE);
    }

    @Test
    void matryoshkaWeighsPrefixesAsF2llmDoes() {
        Matryoshka loss = Matryoshka.f2llm(InfoNce.inBatch(T), 320);
        assertThat(loss.prefixes()).extracting(Prefix::dims).containsExactly(320, 256, 128, 64, 32, 16, 8);
        double[] paper = {1, .447, .211, .112, .063, .037, .023};
        for (int r = 0; r < paper.length; r++) {
            assertThat(loss.prefixes().get(r).weight()).isCloseTo(paper[r], Offset.offset(5e-4));
        }
        assertThat(Matryoshka.f2llm(InfoNce.inBatch(T), 384).prefixes())
                .extracting(Prefix::dims)
                .containsExactly(384, 256, 128, 64, 32, 16, 8);
    }

    @Test
    void matryoshkaTakesCosinesAfterCutting() {
        // The first number alone: cosines q with p are 1, 1 / 0, 0.
        double one = (-log(e(1) / (2 * e(1))) - log(.5)) / 2;
        double both = InfoNce.inBatch(T).of(batch()).item();
        Loss loss = new Matryoshka(InfoNce.inBatch(T), List.of(new Prefix(2, 1), new Prefix(1, .25)));
        assertThat(loss.of(batch()).item()).isCloseTo(both + .25 * one, CLOSE);
    }

    @Test
    void distillationIsToTheTeachersFirstRawNumbers() {
        // Of (1, 0), (0, 2) to (1, 2), (0, 0): (4 + 4) / 4; of positives: 0; negatives off by 1 everywhere: 1.
        Embedded batch = batch().with(Role.TEACHER_QUERY, matrix(2, 1, 2, 99, 0, 0, 99))
                .with(Role.TEACHER_POSITIVE, matrix(2, 3, 4, 99, 1, 0, 99));
        assertThat(new PrefixDistillation().of(batch).item()).isCloseTo(2, CLOSE);
        Embedded more = batch.with(
                        Role.NEGATIVES,
                        Tensors.zeros(DType.F64, batch.get(Role.QUERY).device(), 2, 1, 2))
                .with(
                        Role.TEACHER_NEGATIVES,
                        Tensors.ones(DType.F64, batch.get(Role.QUERY).device(), 2, 1, 3));
        assertThat(new PrefixDistillation().of(more).item()).isCloseTo(3, CLOSE);
    }

    @Test
    void similaritiesOfAllTextsAreLearntFromATeacherOfAnyWidth() {
        // Student: query east, positive (3, 4). Its texts' cosines: .6. Two texts leave no choice: nothing to learn.
        Embedded two = Embedded.of(matrix(1, 1, 0), matrix(1, 3, 4))
                .with(Role.TEACHER_QUERY, matrix(1, 1, 0, 0))
                .with(Role.TEACHER_POSITIVE, matrix(1, 0, 1, 0));
        assertThat(new SimilarityDistillation(T).of(two).item()).isCloseTo(0, CLOSE);

        // With a negative, north: student's cosines qp .6, qn 0, pn .8; the teacher's qp 0, qn 1, pn 0.
        Embedded three = two.with(Role.NEGATIVES, Tensors.of(new double[] {0, 2}, 1, 1, 2))
                .with(Role.TEACHER_NEGATIVES, Tensors.of(new double[] {5, 0, 0}, 1, 1, 3));
        double expected = (kl(0, 1, .6, 0) + kl(0, 0, .6, .8) + kl(1, 0, 0, .8)) / 3;
        assertThat(new SimilarityDistillation(T).of(three).item()).isCloseTo(expected, CLOSE);
    }

    /** Divergence of two choices with these cosines. */
    private static double kl(double teacherA, double teacherB, double ourA, double ourB) {
        double t = 1 / (1 + exp((teacherB - teacherA) / T));
        double s = 1 / (1 + exp((ourB - ourA) / T));
        return t * log(t / s) + (1 - t) * log((1 - t) / (1 - s));
    }

    @Test
    void anAbsentNegativeIsNoTextToBeNear() {
        Embedded without = taught(batch());
        Embedded with = taught(withNegatives().with(Role.ABSENT, mask(2, 1, 1, 1, 1)))
                .with(Role.TEACHER_NEGATIVES, Tensors.of(new double[] {9, 1, 2, 3, 4, 5, 6, 7, 8, 2, 1, 1}, 2, 2, 3));
        assertThat(new SimilarityDistillation(T).of(with).item())
                .isCloseTo(new SimilarityDistillation(T).of(without).item(), CLOSE)
                .isGreaterThan(.1);
    }

    private static Embedded taught(Embedded batch) {
        return batch.with(Role.TEACHER_QUERY, matrix(2, 1, 0, 1, 0, 3, 1))
                .with(Role.TEACHER_POSITIVE, matrix(2, 0, 1, 0, -1, 1, 2));
    }

    @Test
    void f2llmIsTheSumOfItsParts() {
        Loss loss = LossSum.of(InfoNce.inBatch(T), HardInfoNce.of(T));
        assertThat(loss.of(withNegatives()).item())
                .isCloseTo(
                        InfoNce.inBatch(T).of(withNegatives()).item()
                                + HardInfoNce.of(T).of(withNegatives()).item(),
                        CLOSE);
        assertThat(loss.needs()).containsExactlyInAnyOrder(Role.QUERY, Role.POSITIVE, Role.NEGATIVES);
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        long[] matrix = {3, 4};
        for (Loss loss : List.of(
                InfoNce.of(T, EnumSet.allOf(Direction.class), Partition.JOINT).withSmoothing(.1),
                InfoNce.of(T, EnumSet.allOf(Direction.class), Partition.EACH),
                HardInfoNce.of(T),
                new DebiasedInfoNce(T, .1),
                new MarginMse(Similarity.DOT),
                new MarginMse(Similarity.COSINE),
                new KlDistillation(2, 5, Similarity.COSINE),
                new Matryoshka(HardInfoNce.of(T), List.of(new Prefix(4, 1), new Prefix(2, .5))),
                new PrefixDistillation(),
                new SimilarityDistillation(T))) {
            FiniteDifferences.check(
                    in -> loss.of(Embedded.of(in.get(0), in.get(1))
                            .with(Role.NEGATIVES, in.get(2))
                            .with(Role.ABSENT, mask(3, 0, 0, 0, 1, 0, 0))
                            .with(Role.SCORES, matrix(3, 3, 2, 1, 1, 2, 0, 1, 1, 1))
                            .with(Role.RELEVANT, mask(3, 1, 0, 1, 0, 1, 0, 0, 0, 1))
                            .with(
                                    Role.TEACHER_QUERY,
                                    Tensors.ones(DType.F64, in.get(0).device(), 3, 6))
                            .with(
                                    Role.TEACHER_POSITIVE,
                                    Tensors.ones(DType.F64, in.get(0).device(), 3, 6))
                            .with(
                                    Role.TEACHER_NEGATIVES,
                                    Tensors.ones(DType.F64, in.get(0).device(), 3, 2, 6))),
                    matrix,
                    matrix,
                    new long[] {3, 2, 4});
        }
        for (Loss loss : List.of(new CoSent(2), new AnglE(2))) {
            FiniteDifferences.check(
                    in -> loss.of(Embedded.of(in.get(0), in.get(1))
                            .with(Role.SCORES, Tensors.of(new double[] {3, 1, 2}, 3))),
                    matrix,
                    matrix);
        }
    }

    @Test
    void aMissingRoleIsNamed() {
        assertThatThrownBy(() -> HardInfoNce.of(T).of(batch()))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The loss needs the role negatives, the data has query, positive; add it to the data or"
                        + " choose another loss.");
    }

    @Test
    void scoresOfAnotherShapeAreRefused() {
        Embedded batch = withNegatives().with(Role.SCORES, Tensors.of(new double[] {1, 2}, 2));
        assertThatThrownBy(() -> new MarginMse(Similarity.DOT).of(batch))
                .isInstanceOf(BadConfig.class)
                .hasMessage("A teacher's scores have the shape [2], expected [2, 3]: the positive's first, then one for"
                        + " each negative.");
    }

    @Test
    void aNarrowTeacherIsRefused() {
        Embedded batch = batch().with(Role.TEACHER_QUERY, matrix(2, 1, 1)).with(Role.TEACHER_POSITIVE, matrix(2, 1, 1));
        assertThatThrownBy(() -> new PrefixDistillation().of(batch))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "The teacher's vectors have 1 dimensions, the student's 2; choose a teacher that is at least"
                                + " as wide.");
    }
}
