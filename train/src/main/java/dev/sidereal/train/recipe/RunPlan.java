package dev.sidereal.train.recipe;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.train.Course;
import dev.sidereal.train.DevMeasure;
import dev.sidereal.train.Embedder;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Text;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * What a stage of a run is about to do and what it takes.
 *
 * @param parameters of the model
 * @param examples of all datasets together, those held back for dev left out
 * @param steps of the stage
 * @param epochs how often each example is seen
 * @param textsPerStep at most
 * @param chunk texts whose graph is in memory at once: what the stage says, or as many as fit
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
        int chunk,
        int tokensPerText,
        long memory,
        String measure) {
    private static final int SAMPLE = 256;
    /** What the JVM, libtorch and the tokenizer hold before there is a model. */
    private static final long BASE = 600L << 20;
    /** Weights, gradients and two moments of a parameter in single precision. */
    private static final int TRAINED = 16;
    /** The copy of a parameter that products in bf16 read. */
    private static final int SHORT = 2;
    /** What of the machine's memory a run may take where nobody says how many texts at once. */
    private static final double SHARE = .75;
    /**
     * Memory over what arrays take: batches of many lengths leave holes between them, which grow for the ten steps until
     * freed memory is given back. Measured: 1.15 to 1.2 of what a step takes.
     */
    private static final double HOLES = 1.25;

    static RunPlan of(
            Stage stage, List<Course> courses, GradientEncoder encoder, List<DevMeasure> dev, FrozenModels models) {
        int examples = 0;
        int negatives = 0;
        for (Course course : courses) {
            examples += course.dataset().examples().size();
            negatives = Math.max(
                    negatives, negatives(course.dataset(), stage.batches().negatives()));
        }
        int texts = stage.batches().batchSize() * (2 + negatives);
        int width = width(courses, stage.embedder(encoder));
        Memory memory = Memory.of(stage, encoder, models, width);
        int chunk = stage.chunk() > 0 ? stage.chunk() : fitting(memory, texts, stage, encoder);
        long seen = (long) stage.training().steps()
                * stage.training().accumulate()
                * stage.batches().batchSize();
        return new RunPlan(
                encoder.parameters().count(),
                examples,
                stage.training().steps(),
                (double) seen / examples,
                texts,
                chunk,
                width,
                memory.of(Math.min(texts, chunk)),
                dev.isEmpty() ? "" : dev.getFirst().name());
    }

    /** {@return the usual chunk, halved until it fits; a graphics card has memory of its own} */
    private static int fitting(Memory memory, int texts, Stage stage, GradientEncoder encoder) {
        int usual = stage.training().chunk();
        return encoder.device().equals(Device.CPU)
                ? fitting(chunk -> memory.of(Math.min(texts, chunk)), usual, (long) (SHARE * machineMemory()))
                : usual;
    }

    /** {@return {@code most} halved until its memory is not above the room, at least 1} */
    static int fitting(IntToLongFunction memory, int most, long room) {
        int chunk = most;
        while (chunk > 1 && memory.applyAsLong(chunk) > room) {
            chunk /= 2;
        }
        return chunk;
    }

    /** {@return bytes of memory that the machine, or the container, has} */
    public static long machineMemory() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
    }

    /**
     * What a run holds.
     *
     * @param always whatever the chunk
     * @param text of each text of a chunk
     */
    private record Memory(long always, long text) {
        static Memory of(Stage stage, GradientEncoder encoder, FrozenModels models, int width) {
            boolean bf16 = stage.training().bf16();
            long always = BASE
                    + (TRAINED + (bf16 ? SHORT : 0)) * encoder.parameters().count()
                    + (4 + (bf16 ? SHORT : 0)) * models.parameters();
            long token = TokenMemory.of(encoder, width, bf16).step();
            if (!stage.teacher().isEmpty()) {
                token += TokenMemory.of(models.open(stage.teacher()), width, bf16)
                        .answer();
            }
            return new Memory(always, (long) (HOLES * token * width));
        }

        long of(int texts) {
            return always + text * texts;
        }
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
}
