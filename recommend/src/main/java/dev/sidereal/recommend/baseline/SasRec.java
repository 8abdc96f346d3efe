package dev.sidereal.recommend.baseline;

import dev.sidereal.model.tensor.Activations;
import dev.sidereal.model.tensor.Attention;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Linear;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Norms;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.model.tensor.Torch;
import dev.sidereal.recommend.Histories;
import dev.sidereal.recommend.ItemScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * SASRec: a causal transformer over the items of a history, whose state at the last item is multiplied with the vectors of
 * all items. Scores are logits: their softmax is the probability of the next item. A history without items tells nothing.
 * On the CPU. Scoring is thread-safe; close it once nobody scores.
 *
 * <p>Source: Kang and McAuley, arXiv 1808.09781. Differs: norms before attention and feed-forward, GELU, a feed-forward four
 * times as wide, and full-softmax cross-entropy instead of one negative (Klenitskiy and Vasilev, arXiv 2309.07602).
 */
public final class SasRec implements ItemScorer, AutoCloseable {
    private static final double EPSILON = 1e-5;
    private static final double DEVIATION = 0.02;

    /** Items scored at a time at most, padding included, unless one history has more. */
    private static final int TOKENS = 1_000;

    private final Parameters parameters = new Parameters();
    private final SasRecSettings settings;
    private final int items;

    private SasRec(int items, SasRecSettings settings) {
        this.items = items;
        this.settings = settings;
    }

    /** {@return a model with random weights by the seed of the settings} */
    static SasRec random(int items, SasRecSettings settings) {
        Torch.seed(settings.seed());
        SasRec model = new SasRec(items, settings);
        int d = settings.dims();
        model.weight("items", items, d);
        model.weight("positions", settings.length(), d);
        for (int layer = 0; layer < settings.layers(); layer++) {
            String name = "layers." + layer + ".";
            model.norm(name + "attention_norm", d);
            model.linear(name + "attention_in", 3 * d, d);
            model.linear(name + "attention_out", d, d);
            model.norm(name + "feed_norm", d);
            model.linear(name + "feed_in", 4 * d, d);
            model.linear(name + "feed_out", d, 4 * d);
        }
        model.norm("norm", d);
        return model;
    }

    private void weight(String name, long... shape) {
        parameters.add(name, Tensors.normal(DEVIATION, DType.F32, Device.CPU, shape));
    }

    private void linear(String name, int out, int in) {
        weight(name + ".weight", out, in);
        parameters.add(name + ".bias", Tensors.zeros(DType.F32, Device.CPU, out));
    }

    private void norm(String name, int d) {
        parameters.add(name + ".weight", Tensors.ones(DType.F32, Device.CPU, d));
        parameters.add(name + ".bias", Tensors.zeros(DType.F32, Device.CPU, d));
    }

    Parameters parameters() {
        return parameters;
    }

    /** {@return what it is and how it was trained} */
    public SasRecSettings settings() {
        return settings;
    }

    @Override
    public int items() {
        return items;
    }

    /**
     * {@return states after each item, {@code [sequences][longest][dims]}; those behind a shorter sequence mean nothing}
     *
     * @param sequences at most {@code length} items each, at least one
     */
    Tensor states(int[][] sequences) {
        int n = sequences.length;
        int longest = Arrays.stream(sequences).mapToInt(s -> s.length).max().orElse(1);
        int[] padded = new int[n * longest];
        for (int s = 0; s < n; s++) {
            System.arraycopy(sequences[s], 0, padded, s * longest, sequences[s].length);
        }
        Tensor x = parameters.get("items").rows(Tensors.of(padded, n, longest));
        x = dropped(x.add(parameters.get("positions").narrow(0, 0, longest)));
        Tensor mask = Attention.causalMask(longest, longest, Device.CPU);
        for (int layer = 0; layer < settings.layers(); layer++) {
            x = block("layers." + layer + ".", x, mask, n, longest);
        }
        return normed("norm", x);
    }

    private Tensor block(String name, Tensor x, Tensor mask, int n, int longest) {
        int d = settings.dims();
        int heads = settings.heads();
        Tensor joined = Linear.of(parameters, name + "attention_in")
                .forward(normed(name + "attention_norm", x))
                .reshape(n, longest, 3, heads, d / heads)
                .permute(2, 0, 3, 1, 4);
        Tensor looked = Attention.of(
                        joined.select(0, 0), joined.select(0, 1), joined.select(0, 2), mask, settings.dropout())
                .transpose(1, 2)
                .reshape(n, longest, d);
        Tensor y = x.add(dropped(Linear.of(parameters, name + "attention_out").forward(looked)));
        Tensor wide = Activations.gelu(Linear.of(parameters, name + "feed_in").forward(normed(name + "feed_norm", y)));
        return y.add(dropped(Linear.of(parameters, name + "feed_out").forward(wide)));
    }

    private Tensor normed(String name, Tensor x) {
        return Norms.layerNorm(x, parameters.get(name + ".weight"), parameters.get(name + ".bias"), EPSILON);
    }

    private Tensor dropped(Tensor x) {
        return Activations.dropout(x, settings.dropout());
    }

    @Override
    public void score(Histories histories, float[][] scores) {
        // Histories of like length together: what is padded costs as much as what is not.
        List<Integer> told = new ArrayList<>();
        for (int h = 0; h < histories.count(); h++) {
            if (histories.items()[h].length == 0) {
                Arrays.fill(scores[h], Float.NEGATIVE_INFINITY);
            } else {
                told.add(h);
            }
        }
        told.sort(Comparator.comparingInt(h -> histories.items()[h].length));
        int from = 0;
        while (from < told.size()) {
            int to = from + 1;
            while (to < told.size()
                    && (to + 1 - from) * Math.min(settings.length(), histories.items()[told.get(to)].length)
                            <= TOKENS) {
                to++;
            }
            score(histories, told.subList(from, to), scores);
            from = to;
        }
    }

    private void score(Histories histories, List<Integer> told, float[][] scores) {
        int[][] sequences =
                told.stream().map(h -> histories.last(h, settings.length())).toArray(int[][]::new);
        float[] logits = logits(sequences);
        for (int i = 0; i < sequences.length; i++) {
            System.arraycopy(logits, i * items, scores[told.get(i)], 0, items);
        }
    }

    private float[] logits(int[][] sequences) {
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            Tensor states = states(sequences);
            int longest = states.size(1);
            int[] ends = new int[sequences.length];
            Arrays.setAll(ends, s -> s * longest + sequences[s].length - 1);
            Tensor last = states.reshape((long) sequences.length * longest, settings.dims())
                    .indexSelect(0, Tensors.of(ends, ends.length));
            return last.matmul(parameters.get("items").transpose(0, 1)).floats();
        }
    }

    @Override
    public void close() {
        parameters.close();
    }
}
