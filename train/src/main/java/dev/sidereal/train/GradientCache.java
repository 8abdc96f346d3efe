package dev.sidereal.train;

import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.model.tensor.Torch;
import dev.sidereal.train.data.Batch;
import dev.sidereal.train.loss.Embedded;
import dev.sidereal.train.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Gradients of a batch of any size with the graph of only one chunk of texts in memory. Vectors of all chunks are computed
 * first, then the loss and its gradient for each vector, then each chunk again, through which that gradient flows. The
 * sum is the gradient of the whole batch. A batch that fits one chunk takes the plain way. Source: Gao et al., arXiv
 * 2101.06983, section 3.
 *
 * <p>Differs: the first pass records its graph and drops it, chunk by chunk, because dropout would be silent without;
 * the second draws the same random numbers (on the CPU; on a GPU dropout differs between the passes).
 */
final class GradientCache {
    private final Embedder embedder;
    private final int chunk;
    private final boolean bf16;

    GradientCache(Embedder embedder, int chunk, boolean bf16) {
        this.embedder = embedder;
        this.chunk = chunk;
        this.bf16 = bf16;
    }

    /**
     * What a batch gave besides gradients.
     *
     * @param alike mean cosine of positives of different rows; 0 if there are not two
     */
    record Outcome(double loss, OptionalDouble idleRows, double alike, long tokens) {}

    /**
     * Adds the gradients of {@code weight} times the loss to those of the parameters, if it is finite.
     *
     * @param teacher asked if the loss needs it
     */
    Outcome backward(Batch batch, Loss loss, Teacher teacher, double weight) {
        try (TensorScope _ = new TensorScope()) {
            BatchTexts texts = new BatchTexts(batch, chunk);
            List<TokenBatch> parts = texts.parts().stream()
                    .map(part -> embedder.tokenize(part.role(), part.texts()))
                    .toList();
            Step step = new Step(texts, parts, loss, teacher, weight);
            return texts.size() <= chunk ? plain(step) : cached(step);
        }
    }

    /** What a batch is trained with. */
    private record Step(BatchTexts texts, List<TokenBatch> parts, Loss loss, Teacher teacher, double weight) {
        /** {@return all roles that the loss may ask for} */
        Embedded embedded(Tensor vectors) {
            Embedded embedded = texts.embedded(vectors);
            if (loss.needs().stream().noneMatch(Embedded.Role::taught)) {
                return embedded;
            }
            Tensor taught = Tensors.cat(
                    0,
                    texts.parts().stream()
                            .map(part -> teacher.states(part.role(), part.texts()))
                            .toList());
            return texts.taught(embedded, taught.to(vectors.device()));
        }
    }

    private Outcome plain(Step step) {
        return outcome(
                step,
                Tensors.cat(
                        0,
                        step.parts.stream()
                                .map(part -> embedder.embed(part, bf16))
                                .toList()));
    }

    private Outcome cached(Step step) {
        List<TokenBatch> parts = step.parts;
        List<byte[]> random = new ArrayList<>();
        List<Tensor> first = new ArrayList<>();
        for (TokenBatch part : parts) {
            random.add(Torch.randomState());
            try (TensorScope scope = new TensorScope()) {
                // A copy, since a view would hold the memory it was cut from.
                first.add(scope.keep(embedder.embed(part, bf16).detach().copy()));
            }
        }
        byte[] after = Torch.randomState();
        Tensor vectors = Tensors.cat(0, first).requiresGrad(true);
        Outcome outcome = outcome(step, vectors);
        if (!Double.isFinite(outcome.loss)) {
            return outcome;
        }
        Tensor gradient = Objects.requireNonNull(vectors.grad());
        long from = 0;
        for (int i = 0; i < parts.size(); i++) {
            Torch.randomState(random.get(i));
            try (TensorScope _ = new TensorScope()) {
                Tensor again = embedder.embed(parts.get(i), bf16);
                again.backward(gradient.narrow(0, from, again.size(0)));
                from += again.size(0);
            }
        }
        Torch.randomState(after);
        return outcome;
    }

    private Outcome outcome(Step step, Tensor vectors) {
        Embedded embedded = step.embedded(vectors);
        Tensor value = step.loss.of(embedded);
        double number = value.item();
        if (Double.isFinite(number)) {
            value.mul(step.weight).backward();
        }
        long tokens = step.parts.stream().mapToLong(GradientCache::tokens).sum();
        return new Outcome(number, step.loss.idleRows(embedded), Collapse.alike(embedded), tokens);
    }

    private static long tokens(TokenBatch batch) {
        Tensor mask = batch.mask();
        return mask == null
                ? batch.ids().count()
                : (long) mask.to(DType.I64).sum().item();
    }
}
