package dev.sidereal.train.prune;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.EosEncoder;
import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.TrainableEncoder;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.TensorMap;
import dev.sidereal.model.weights.WeightSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Structured pruning: the first layers stay; then, on the shallower network, hidden channels by one ranking and neurons
 * by one for each layer, those with the largest activations over a calibration set, in the parent's order. Sources:
 * F2LLM-v2, arXiv 2603.19223, section 3.3, which says so much and publishes no code; what it leaves open is filled in
 * after Muralidharan et al. (Minitron), arXiv 2407.14679: a channel scores the Euclidean length over texts of what norms
 * give at the inputs of attention and feed-forward blocks, its mean over positions, summed over blocks.
 *
 * <p>Ours: BERT's heads are together as wide as its hidden size, so whole heads go with the channels, by the length of
 * what they give, one ranking for each layer; and gains of norms are multiplied so that kept channels keep their size
 * ({@link PruneSettings#rescaled}), since a norm over fewer channels gives other sizes.
 */
public final class Pruner {
    private static final Pattern LAYER = Pattern.compile("\\.(\\d+)\\.");

    private final Subject parent;
    private final PruneSettings settings;

    private Pruner(Subject parent, PruneSettings settings) {
        this.parent = parent;
        this.settings = settings;
    }

    /**
     * {@return what makes smaller encoders of that size; the parent is unchanged, stays open and is not closed with them}
     *
     * @throws BadConfig if the sizes do not fit the parent
     */
    public static Pruner of(GradientEncoder parent, PruneSettings settings) {
        Subject subject =
                switch (parent) {
                    case TrainableEncoder encoder -> new BertSubject(encoder);
                    case EosEncoder encoder -> new DecoderSubject(encoder);
                };
        settings.requireWithin(subject.layers(), subject.hidden(), subject.intermediate());
        int width = subject.headWidth();
        if (width > 0 && settings.hidden() % width != 0) {
            throw new BadConfig("The heads of this model have " + width + " dimensions and only whole ones go, so its"
                    + " hidden size must be a multiple of " + width + ", got " + settings.hidden() + ".");
        }
        return new Pruner(subject, settings);
    }

    /**
     * Makes a smaller encoder.
     *
     * @param texts to calibrate with, 1,000 to 4,000 are good; each is read up to 256 tokens
     * @throws BadConfig if channels or neurons are to be chosen without texts
     */
    public Pruned prune(List<String> texts) {
        Subject shallow = parent.resized(settings.layers(), parent.hidden(), parent.intermediate(), stored(parent));
        try (GradientEncoder _ = shallow.encoder()) {
            boolean narrower = settings.hidden() < parent.hidden() || settings.intermediate() < parent.intermediate();
            if (!narrower) {
                Subject copy =
                        shallow.resized(settings.layers(), parent.hidden(), parent.intermediate(), stored(shallow));
                return result(copy, IntStream.range(0, parent.hidden()).toArray(), texts);
            }
            if (texts.isEmpty()) {
                throw new BadConfig("Channels and neurons are chosen by what they give for calibration texts, and there"
                        + " are none; give some, or keep " + parent.hidden() + " channels and "
                        + parent.intermediate() + " neurons.");
            }
            Calibration calibration = Calibration.of(shallow, texts);
            Kept kept = Kept.of(shallow, calibration, settings);
            return result(narrow(shallow, calibration, kept), kept.channels(), texts);
        }
    }

    private static WeightSource stored(Subject subject) {
        return TensorMap.of("the parent", subject.encoder().parameters().stored());
    }

    private Subject narrow(Subject shallow, Calibration calibration, Kept kept) {
        Map<String, Double> gains = settings.rescaled() ? gains(shallow, calibration, kept.channels()) : Map.of();
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            List<StoredTensor> cut = new ArrayList<>();
            shallow.encoder().parameters().all().forEach((name, parameter) -> {
                Subject.Axes axes = shallow.axes(name);
                Tensor part = select(parameter, 0, kept.of(axes.rows(), layer(name)));
                part = part.rank() < 2 ? part : select(part, 1, kept.of(axes.columns(), layer(name)));
                cut.add(part.mul(gains.getOrDefault(name, 1.0)).contiguous().stored(name));
            });
            WeightSource weights = TensorMap.of("the pruned parent", cut);
            return shallow.resized(settings.layers(), settings.hidden(), settings.intermediate(), weights);
        }
    }

    /** {@return by what the gain of each norm is multiplied, by the name of its parameter} */
    private static Map<String, Double> gains(Subject subject, Calibration calibration, int[] channels) {
        Parameters parameters = subject.encoder().parameters();
        Map<String, Double> gains = new HashMap<>();
        for (Subject.Norm norm : subject.norms()) {
            float[] gain = parameters.get(norm.name() + ".weight").floats();
            Tensor bias = parameters.all().get(norm.name() + ".bias");
            double square = calibration
                    .at(norm.reader())
                    .meanSquare(gain, bias == null ? new float[gain.length] : bias.floats(), channels);
            gains.put(norm.name() + ".weight", Math.sqrt(square));
        }
        return gains;
    }

    private static Tensor select(Tensor tensor, int axis, int[] kept) {
        if (kept.length == 0) {
            return tensor;
        }
        long[] positions = Arrays.stream(kept).asLongStream().toArray();
        return tensor.indexSelect(axis, Tensors.of(positions, positions.length).to(tensor.device()));
    }

    private static int layer(String parameter) {
        Matcher number = LAYER.matcher(parameter);
        return number.find() ? Integer.parseInt(number.group(1)) : -1;
    }

    private Pruned result(Subject pruned, int[] channels, List<String> texts) {
        return new Pruned(
                pruned.encoder(),
                Arrays.stream(channels).boxed().toList(),
                parent.encoder().parameters().count(),
                pruned.encoder().parameters().count(),
                cosine(pruned.encoder(), channels, texts));
    }

    private OptionalDouble cosine(GradientEncoder pruned, int[] channels, List<String> texts) {
        float[][] whole = parent.encoder().encode(Role.DOCUMENT, texts).vectors();
        float[][] ours = pruned.encode(Role.DOCUMENT, texts).vectors();
        return IntStream.range(0, ours.length)
                .mapToDouble(i -> cosine(ours[i], whole[i], channels))
                .average();
    }

    private static double cosine(float[] ours, float[] whole, int[] channels) {
        double both = 0;
        double a = 0;
        double b = 0;
        for (int i = 0; i < ours.length; i++) {
            double theirs = whole[channels[i]];
            both += ours[i] * theirs;
            a += (double) ours[i] * ours[i];
            b += theirs * theirs;
        }
        return both / Math.sqrt(a * b);
    }
}
