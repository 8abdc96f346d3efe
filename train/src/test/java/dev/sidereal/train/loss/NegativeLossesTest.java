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
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Losses that treat negatives in their own way, against values written out by hand and against finite differences. */
class NegativeLossesTest {
    private static final double T = .5;
    private static final Offset<Double> CLOSE = Offset.offset(1e-9);

    private final TensorScope scope = new TensorScope();

    @AfterEach
    void end() {
        scope.close();
    }

    private static Tensor matrix(int rows, double... numbers) {
        return Tensors.of(numbers, rows, numbers.length / rows);
    }

    private static Tensor mask(int rows, int... bits) {
        byte[] cells = new byte[bits.length];
        for (int i = 0; i < bits.length; i++) {
            cells[i] = (byte) bits[i];
        }
        return Tensors.of(cells, rows, bits.length / rows).to(DType.BOOL);
    }

    private static double e(double cosine) {
        return exp(cosine / T);
    }

    /** Cosines q with p: .6 1 / .8 0; with their negatives 0 -1 / 1 0. */
    private static Embedded batch() {
        return Embedded.of(matrix(2, 1, 0, 0, 2), matrix(2, 3, 4, 1, 0))
                .with(Role.NEGATIVES, Tensors.of(new double[] {0, 1, -1, 0, 0, 1, -1, 0}, 2, 2, 2));
    }

    @Test
    void sharedNegativesOfAllRowsStandInEachDenominatorButForWhatAnswers() {
        Embedded batch = batch().with(Role.RELEVANT_NEGATIVES, mask(2, 0, 0, 1, 0, 0, 0, 0, 0));
        double row0 = -log(e(.6) / (e(.6) + e(1) + e(0) + 2 * e(-1)));
        double row1 = -log(e(0) / (e(0) + e(.8) + 2 * e(1) + 2 * e(0)));
        assertThat(InfoNce.shared(T).of(batch).item()).isCloseTo((row0 + row1) / 2, CLOSE);
    }

    @Test
    void logQIsTakenOffPositivesAndOthersAlike() {
        Embedded batch = batch().with(Role.LOG_Q, Tensors.of(new double[] {log(.5), log(.25)}, 2));
        double row0 = -log(e(.6) / .5 / (e(.6) / .5 + e(1) / .25));
        double row1 = -log(e(0) / .25 / (e(0) / .25 + e(.8) / .5));
        assertThat(InfoNce.inBatch(T).of(batch).item()).isCloseTo((row0 + row1) / 2, CLOSE);
    }

    @Test
    void pastPositivesAreNegativesUnlessTheyAnswer() {
        Embedded batch = batch().with(Role.PAST, matrix(3, 0, 5, -1, 0, 1, 0))
                .with(Role.RELEVANT_PAST, mask(2, 0, 0, 1, 1, 0, 0));
        double row0 = -log(e(.6) / (e(.6) + e(1) + e(0) + e(-1)));
        double row1 = -log(e(0) / (e(0) + e(.8) + 2 * e(0)));
        assertThat(InfoNce.inBatch(T).of(batch).item()).isCloseTo((row0 + row1) / 2, CLOSE);
    }

    @Test
    void starAddsRandomNegativesWithTheirWeight() {
        assertThat(new Star(T, .1).of(batch()).item())
                .isCloseTo(
                        HardInfoNce.of(T).of(batch()).item()
                                + .1 * InfoNce.inBatch(T).of(batch()).item(),
                        CLOSE);
    }

    @Test
    void confidenceWeighsEachNegativeByTheTeachersMargin() {
        Embedded batch = batch().with(Role.SCORES, matrix(2, 3, 3, 1, 2, 2, 9));
        double row0 = -log(e(.6) / (e(.6) + sigmoid(-1) * e(0) + sigmoid(1) * e(-1)));
        double row1 = -log(e(0) / (e(0) + sigmoid(-1) * e(1) + sigmoid(-8) * e(0)));
        assertThat(new ConfidenceInfoNce(T, 1, 1).of(batch).item()).isCloseTo((row0 + row1) / 2, CLOSE);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + exp(-x));
    }

    @Test
    void suspectsShareTheSmoothedTargetAndOtherRowsAreOneHot() {
        Embedded batch = batch().with(Role.SCORES, matrix(2, 10, 9.9, 1, 10, 9, 1));
        double z0 = e(.6) + e(0) + e(-1);
        double row0 = -.8 * log(e(.6) / z0) - .2 * log(e(0) / z0);
        double row1 = -log(e(0) / (e(0) + e(1) + e(0)));
        assertThat(new SuspectSmoothing(T, .2, .95).of(batch).item()).isCloseTo((row0 + row1) / 2, CLOSE);
    }

    @Test
    void lambdaLossCountsEachPairByItsGain() {
        Embedded batch = batch().with(Role.GAINS, matrix(2, .5, .25, 1, 0));
        double row0 = .5 * log(1 + e(0 - .6)) + .25 * log(1 + e(-1 - .6));
        double row1 = log(1 + e(1));
        assertThat(new LambdaLoss(T).of(batch).item()).isCloseTo((row0 + row1) / 2, CLOSE);
    }

    @Test
    void mixedNegativesAreUnitVectorsBetween() {
        // (0, 1) and (-1, 0) halved point to 135 degrees; 0.4 of the positive (.6, .8) and 0.6 of each.
        Embedded batch = Embedded.of(matrix(1, 1, 0), matrix(1, 3, 4))
                .with(Role.NEGATIVES, Tensors.of(new double[] {0, 7, -1, 0}, 1, 2, 2));
        double a = .24 / Math.hypot(.24, .32 + .6);
        double b = (.24 - .6) / Math.hypot(.24 - .6, .32);
        double expected = -log(e(.6) / (e(.6) + e(0) + e(-1) + e(-Math.sqrt(.5)) + e(a) + e(b)));
        assertThat(new EmbeddingMix(HardInfoNce.of(T), .5, .4).of(batch).item()).isCloseTo(expected, CLOSE);
    }

    @Test
    void absentNegativesAreMixedWithNothing() {
        Embedded batch = batch().with(Role.ABSENT, mask(2, 0, 1, 1, 1));
        double mixed = .24 / Math.hypot(.24, .32 + .6);
        double row0 = -log(e(.6) / (e(.6) + e(0) + e(mixed)));
        assertThat(new EmbeddingMix(HardInfoNce.of(T), .5, .4).of(batch).item()).isCloseTo(row0 / 2, CLOSE);
    }

    @Test
    void noGradientFlowsIntoMixedNegatives() {
        Tensor negatives = Tensors.of(new double[] {0, 7, -1, 0}, 1, 2, 2).requiresGrad(true);
        Embedded batch = Embedded.of(matrix(1, 1, 0), matrix(1, 3, 4)).with(Role.NEGATIVES, negatives);
        new EmbeddingMix(HardInfoNce.of(T), .5, .4).of(batch).backward();
        double[] withMixed = java.util.Objects.requireNonNull(negatives.grad()).doubles();
        // The second negative lies straight behind the query, where the cosine has no slope; mixing would give it one.
        assertThat(withMixed[2]).isCloseTo(0, CLOSE);
        assertThat(withMixed[3]).isCloseTo(0, CLOSE);
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        long[] matrix = {3, 4};
        for (Loss loss : List.of(
                new Star(T, .3),
                InfoNce.shared(T),
                new ConfidenceInfoNce(T, .5, .7),
                new SuspectSmoothing(T, .2, .9),
                new LambdaLoss(T))) {
            FiniteDifferences.check(
                    in -> loss.of(Embedded.of(in.get(0), in.get(1))
                            .with(Role.NEGATIVES, in.get(2))
                            .with(Role.ABSENT, mask(3, 0, 0, 0, 1, 0, 0))
                            .with(Role.SCORES, matrix(3, 3, 2.9, 1, 1, 2, 0, 1, 1, 1))
                            .with(Role.LOG_Q, Tensors.of(new double[] {-1, -2, -3}, 3))
                            .with(Role.PAST, matrix(2, 1, 2, 3, 4, 4, -3, 2, 1))
                            .with(Role.GAINS, matrix(3, .1, .2, .3, .4, .5, .6))),
                    matrix,
                    matrix,
                    new long[] {3, 2, 4});
        }
    }

    @Test
    void valuesThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> new Star(T, 0))
                .isInstanceOf(BadConfig.class)
                .hasMessage("STAR needs a temperature and an alpha above 0, got 0.5 and 0.0.");
        assertThatThrownBy(() -> new EmbeddingMix(HardInfoNce.of(T), .5, .5))
                .isInstanceOf(BadConfig.class)
                .hasMessage("Mixed negatives need an alpha from 0 to 1 and a positive's share beta from 0 to below 0.5,"
                        + " got 0.5 and 0.5.");
        assertThatThrownBy(() -> new EmbeddingMix(InfoNce.inBatch(T), .5, .4))
                .isInstanceOf(BadConfig.class)
                .hasMessageStartingWith("Mixed negatives need a loss of a row's own hard negatives");
        assertThatThrownBy(() -> new LambdaLoss(0))
                .isInstanceOf(BadConfig.class)
                .hasMessage("LambdaLoss needs a temperature above 0, got 0.0.");
    }
}
