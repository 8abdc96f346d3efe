package dev.sidereal.train;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.EosEncoder;
import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.TrainableEncoder;
import dev.sidereal.model.encoder.BertConfig;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * The weighted mean of the parameters of several encoders of one architecture, for example of the last checkpoints of a
 * run, or of a model before and after fine-tuning. Sources: Wortsman et al., Model soups, arXiv 2203.05482, section 2
 * (equal weights: the uniform soup); before and after: Wortsman et al., WiSE-FT, arXiv 2109.01903. F2LLM-v2, arXiv
 * 2603.19223, merges checkpoints and does not say how.
 */
public final class ModelSoup {
    private ModelSoup() {}

    /** Merges models that count the same. */
    public static void merge(List<String> models, Path to) {
        merge(models, Collections.nCopies(models.size(), 1.0), to);
    }

    /**
     * Merges models and writes the first one's folder with the mean of the parameters. Two models are in memory at once.
     *
     * @param models at least two, as {@link GradientEncoder#open} takes them
     * @param weights above 0, one for each; their sum is taken as 1
     * @throws BadConfig if weights do not fit, or architectures or tokenizers differ; nothing is written
     */
    public static void merge(List<String> models, List<Double> weights, Path to) {
        if (models.size() < 2 || weights.size() != models.size()) {
            throw new BadConfig("Merging needs at least two models and one weight for each, got " + models.size()
                    + " models and " + weights.size() + " weights.");
        }
        if (!weights.stream().allMatch(weight -> weight > 0 && Double.isFinite(weight))) {
            throw new BadConfig("Weights of merged models must be above 0, got " + weights + ".");
        }
        double sum = weights.stream().mapToDouble(weight -> weight).sum();
        try (GradientEncoder soup = GradientEncoder.open(models.getFirst(), Device.CPU)) {
            add(soup.parameters(), weights.getFirst() / sum - 1, soup.parameters());
            for (int i = 1; i < models.size(); i++) {
                try (GradientEncoder other = GradientEncoder.open(models.get(i), Device.CPU)) {
                    requireAlike(models.getFirst(), soup, models.get(i), other);
                    add(soup.parameters(), weights.get(i) / sum, other.parameters());
                }
            }
            soup.save(to);
        }
    }

    private static void add(Parameters sum, double weight, Parameters more) {
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            sum.all().forEach((name, tensor) -> {
                Tensor other = more.get(name);
                tensor.addInPlace(more.equals(sum) ? other.copy() : other, weight);
            });
        }
    }

    private static void requireAlike(String first, GradientEncoder a, String second, GradientEncoder b) {
        Object one = architecture(a);
        Object other = architecture(b);
        if (!one.equals(other)) {
            throw new BadConfig("The models " + first + " and " + second
                    + " are of different architectures and cannot be" + " merged: " + one + " and " + other + ".");
        }
        if (!a.tokenizerHash().equals(b.tokenizerHash())) {
            throw new BadConfig("The models " + first + " and " + second
                    + " have different tokenizers and cannot be merged; their tokens are not the same.");
        }
        if (!a.parameters().all().keySet().equals(b.parameters().all().keySet())) {
            throw new BadConfig("The models " + first + " and " + second
                    + " have different parameters and cannot be merged; only one of them has a pooler.");
        }
    }

    /** Without what acts in training alone. */
    private static Object architecture(GradientEncoder encoder) {
        return switch (encoder) {
            case TrainableEncoder bert -> {
                BertConfig config = bert.model().config();
                yield config.withDropout(0, 0);
            }
            case EosEncoder decoder -> decoder.model().config();
        };
    }
}
