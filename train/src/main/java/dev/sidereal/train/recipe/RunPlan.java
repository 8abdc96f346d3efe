package dev.sidereal.train.recipe;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.model.EosEncoder;
import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.TrainableEncoder;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.encoder.BertConfig;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.train.Course;
import dev.sidereal.train.DevMeasure;
import dev.sidereal.train.Embedder;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * What a stage of a run is about to do and what it takes.
 *
 * @param parameters of the model
 * @param examples of all datasets together, those held back for dev left out
 * @param steps of the stage
 * @param epochs how often each example is seen
 * @param textsPerStep at most
 * @param tokensPerText of the longest texts of a sample
 * @param memory bytes that the process will hold, about; texts longer than the sample's take more
 * @param measure name of the dev measure; empty for none
 */
public record RunPlan(
        long parameters,
        int examples,
        int steps,
        double epochs,
        int textsPerStep,
        int tokensPerText,
        long memory,
        String measure) {
    private static final int SAMPLE = 256;
    /** What the JVM, libtorch and the tokenizer hold before there is a model. */
    private static final long BASE = 600L << 20;

    static RunPlan of(Stage stage, List<Course> courses, GradientEncoder encoder, List<DevMeasure> dev) {
        int examples = 0;
        int negatives = 0;
        for (Course course : courses) {
            examples += course.dataset().examples().size();
            negatives = Math.max(
                    negatives, negatives(course.dataset(), stage.batches().negatives()));
        }
        int texts = stage.batches().batchSize() * (2 + negatives);
        int width = width(courses, stage.embedder(encoder));
        long parameters = encoder.parameters().count();
        long seen = (long) stage.training().steps()
                * stage.training().accumulate()
                * stage.batches().batchSize();
        return new RunPlan(
                parameters,
                examples,
                stage.training().steps(),
                (double) seen / examples,
                texts,
                width,
                memory(encoder, parameters, Math.min(texts, stage.training().chunk()), width),
                dev.isEmpty() ? "" : dev.getFirst().name());
    }

    private static int negatives(Dataset dataset, int most) {
        return Math.min(
                most,
                dataset.examples().stream()
                        .mapToInt(e -> e.negatives().size())
                        .max()
                        .orElse(0));
    }

    /** {@return tokens of the longest text of a sample, evenly drawn} */
    private static int width(List<Course> courses, Embedder encoder) {
        int width = 1;
        for (Course course : courses) {
            List<Example> examples = course.dataset().examples();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < examples.size(); i += Math.max(1, examples.size() / SAMPLE)) {
                Example example = examples.get(i);
                texts.add(example.query().text());
                texts.add(example.positives().getFirst().text());
                example.negatives().stream().limit(1).map(Text::text).forEach(texts::add);
            }
            try (TensorScope _ = new TensorScope()) {
                width = Math.max(width, encoder.tokenize(Role.DOCUMENT, texts).width());
            }
        }
        return width;
    }

    /** Weights, gradients and two moments; the graph of a chunk; what a step makes and lets go. */
    private static long memory(GradientEncoder encoder, long parameters, int texts, int width) {
        long floats =
                switch (encoder) {
                    case TrainableEncoder bert -> {
                        BertConfig config = bert.model().config();
                        yield floats(
                                config.layers(), config.hidden(), config.intermediate(), config.heads() * (long) width);
                    }
                    case EosEncoder eos -> {
                        DecoderConfig config = eos.model().config();
                        yield floats(
                                config.layers(), config.hidden(), config.intermediate(), config.heads() * (long) width);
                    }
                };
        return BASE + 16 * parameters + 4 * floats * texts * width;
    }

    /** {@return floats that the graph keeps for a token} */
    private static long floats(int layers, int hidden, int intermediate, long weights) {
        return layers * (14L * hidden + 3L * intermediate + 4 * weights);
    }
}
