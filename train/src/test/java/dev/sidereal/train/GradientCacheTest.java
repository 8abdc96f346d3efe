package dev.sidereal.train;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Torch;
import dev.sidereal.train.data.Batch;
import dev.sidereal.train.data.Schedule;
import dev.sidereal.train.loss.HardInfoNce;
import dev.sidereal.train.loss.InfoNce;
import dev.sidereal.train.loss.Loss;
import dev.sidereal.train.loss.LossSum;
import dev.sidereal.train.loss.Matryoshka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GradientCacheTest {
    private static final Loss LOSS =
            LossSum.of(Matryoshka.f2llm(InfoNce.inBatch(.05), 32), Matryoshka.f2llm(HardInfoNce.of(.05), 32));
    private static final Batch BATCH = new Schedule(
                    List.of(TrainingSamples.words(12, 3)), new Schedule.Settings(12, 3, 1, 1))
            .epoch(0)
            .getFirst();

    @Test
    void chunksGiveTheGradientsOfThePlainStep() {
        try (TinyEmbedder model = TinyEmbedder.of(0)) {
            Map<String, float[]> plain = gradients(model, 1_000);
            assertThat(plain.values()).anySatisfy(g -> assertThat(largest(g)).isGreaterThan(.1f));
            for (int chunk : new int[] {1, 5, 12}) {
                Map<String, float[]> cached = gradients(model, chunk);
                assertThat(cached.keySet()).isEqualTo(plain.keySet());
                cached.forEach((name, gradient) -> {
                    float most = 1e-4f * Math.max(.01f, largest(requireNonNull(plain.get(name))));
                    assertThat(gradient).as("%s, chunks of %d", name, chunk).hasSize(plain.get(name).length);
                    for (int i = 0; i < gradient.length; i++) {
                        assertThat(gradient[i]).isCloseTo(plain.get(name)[i], Offset.offset(most));
                    }
                });
            }
        }
    }

    @Test
    void bothPassesDropTheSameStates() {
        // With dropout, the loss's gradient belongs to the vectors of the first pass only if the second repeats them.
        try (TinyEmbedder model = TinyEmbedder.of(.3)) {
            Torch.seed(9);
            List<Tensor> seen = new ArrayList<>();
            Embedder spied = new SpiedEmbedder(model, seen);
            gradients(spied, 5);
            int half = seen.size() / 2;
            for (int i = 0; i < half; i++) {
                assertThat(seen.get(i).floats()).isEqualTo(seen.get(half + i).floats());
            }
            assertThat(seen.get(0).floats()).isNotEqualTo(seen.get(1).floats());
            seen.forEach(Tensor::close);
        }
    }

    private static Map<String, float[]> gradients(Embedder model, int chunk) {
        model.parameters().clearGradients();
        new GradientCache(model, chunk, false).backward(BATCH, LOSS, Teacher.NONE, 1);
        Map<String, float[]> gradients = new TreeMap<>();
        model.parameters().all().forEach((name, parameter) -> {
            Tensor gradient = parameter.grad();
            if (gradient != null) {
                gradients.put(name, gradient.floats());
            }
        });
        return gradients;
    }

    private static float largest(float[] numbers) {
        float largest = 0;
        for (float number : numbers) {
            largest = Math.max(largest, Math.abs(number));
        }
        return largest;
    }
}
