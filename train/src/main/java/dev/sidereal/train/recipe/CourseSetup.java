package dev.sidereal.train.recipe;

import dev.sidereal.core.Closer;
import dev.sidereal.core.Encoder;
import dev.sidereal.core.Item;
import dev.sidereal.core.Progress;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.Run;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.core.format.RetrievalData;
import dev.sidereal.core.format.TrecRunFile;
import dev.sidereal.model.Encoders;
import dev.sidereal.train.Course;
import dev.sidereal.train.Embedder;
import dev.sidereal.train.LiveEncoder;
import dev.sidereal.train.LoopPart;
import dev.sidereal.train.Teacher;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.loop.Adore;
import dev.sidereal.train.loop.ConanReplacement;
import dev.sidereal.train.loop.GuideMask;
import dev.sidereal.train.loop.LogQ;
import dev.sidereal.train.loop.MemoryQueue;
import dev.sidereal.train.loop.MinedSet;
import dev.sidereal.train.loop.MiningData;
import dev.sidereal.train.loop.MiningJob;
import dev.sidereal.train.loop.RefreshedNegatives;
import dev.sidereal.train.loss.Loss;
import dev.sidereal.train.negatives.MiningInputs;
import dev.sidereal.train.negatives.PairScorer;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.corpus.VectorFile;
import dev.sidereal.train.negatives.score.BiEncoderScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Makes courses of a stage: mines, and opens what acts on negatives while training goes on. Keeps what it opened until it
 * is closed. Not thread-safe.
 */
final class CourseSetup implements AutoCloseable {
    private static final int BATCH = 256;

    private final Stage stage;
    private final Path base;
    private final Embedder model;
    private final Teacher teacher;
    private final Supplier<Embedder> copies;
    private final List<Example> dev;
    private final Closer opened = new Closer();
    private final List<MinedSet> sets = new ArrayList<>();

    /**
     * Prepares.
     *
     * @param base relative paths begin here
     * @param model as it is before training
     * @param copies opens a second model of the same shape; closed by its opener
     * @param dev examples whose positives are never negatives
     */
    CourseSetup(Stage stage, Path base, Embedder model, Teacher teacher, Supplier<Embedder> copies, List<Example> dev) {
        this.stage = stage;
        this.base = base;
        this.model = model;
        this.teacher = teacher;
        this.copies = copies;
        this.dev = dev;
    }

    /** {@return every set that was mined so far, those of before training first} */
    List<MinedSet> sets() {
        return sets;
    }

    Course course(int number, Dataset data, Loss loss) {
        DataRecipe source = stage.data().get(number);
        NegativesRecipe negatives = source.acting();
        List<LoopPart> parts = new ArrayList<>();
        Dataset trained = negatives.mine().none() ? data : mined(number, source, data, parts);
        if (!negatives.guide().isEmpty()) {
            parts.add(new GuideMask(encoder(negatives.guide()), negatives.margin(), negatives.relative()));
        }
        if (negatives.logQ()) {
            parts.add(new LogQ(trained));
        }
        if (negatives.queue() > 0) {
            if (!loss.inBatch()) {
                throw new BadConfig("data " + (number + 1) + " has a queue of past positives, but its loss '"
                        + source.losses().getFirst().name()
                        + "' takes no in-batch negatives; leave the queue out or choose another loss.");
            }
            parts.add(new MemoryQueue("data-" + (number + 1), negatives.queue(), negatives.age()));
        }
        return new Course(
                trained,
                loss,
                teacher,
                stage.composer().of(trained, live("topics"), stage.batches().seed()),
                parts);
    }

    private Dataset mined(int number, DataRecipe source, Dataset data, List<LoopPart> parts) {
        MineRecipe mine = source.acting().mine();
        String name = "data-" + (number + 1);
        MiningData from = opened.keep(miningData(source, data));
        if (mine.adore()) {
            parts.add(new Adore(index(from, live("start")), from.corpus(), mine.negatives()));
            return data;
        }
        MiningJob job = new MiningJob(
                from, mine.strategy(), mine.settings(stage.batches().seed()), inputs(source, from));
        MinedSet first = job.mine(mine.encoder().equals(MineRecipe.SELF) ? live("start") : encoder(mine.encoder()), 0);
        sets.add(first);
        int width = stage.batches().negatives();
        if (mine.conan()) {
            int every = mine.refresh() > 0 ? mine.refresh() : (int) ConanReplacement.EVERY;
            parts.add(new ConanReplacement(name, first, Math.min(width, mine.negatives()), every));
        } else if (mine.refresh() > 0) {
            parts.add(new RefreshedNegatives(
                    name, job, first, copies.get(), stage.training().bf16(), mine.refresh(), width, sets::add));
        }
        return mine.scores() ? first.scoredIn(data) : first.in(data);
    }

    private MiningData miningData(DataRecipe source, Dataset data) {
        if (!source.format().equals("retrieval")) {
            return MiningData.of(data);
        }
        try (Stream<Item> items =
                RetrievalData.open(base.resolve(source.path()), source.split()).items()) {
            return MiningData.of(data, items);
        }
    }

    /** {@return what adds to the inputs of each set that is mined; models are opened and files read once} */
    private UnaryOperator<MiningInputs> inputs(DataRecipe source, MiningData from) {
        MineRecipe mine = source.acting().mine();
        List<Qrels> heldOut = new ArrayList<>(List.of(devQrels()));
        for (String split : mine.heldOut().split(",")) {
            if (!split.isBlank()) {
                heldOut.add(RetrievalData.open(base.resolve(source.path()), split.strip())
                        .qrels());
            }
        }
        Optional<Run> run =
                mine.run().isEmpty() ? Optional.empty() : Optional.of(TrecRunFile.read(base.resolve(mine.run())));
        UnaryOperator<MiningInputs> models = mine.models().open(from.corpus(), opened);
        String teacher = mine.models().teacher();
        List<PairScorer> teachers =
                teacher.isEmpty() ? List.of() : List.of(new BiEncoderScorer(index(from, encoder(teacher))));
        return inputs -> {
            models.apply(inputs).teachers(teachers).steps(stage.training().steps());
            heldOut.forEach(inputs::heldOut);
            run.ifPresent(inputs::run);
            return mine.documents().equals("train") ? inputs.onlyPositives() : inputs;
        };
    }

    private Qrels devQrels() {
        Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
        for (Example example : dev) {
            Map<String, Integer> own = new LinkedHashMap<>();
            example.positives().forEach(positive -> own.put(positive.id(), 1));
            grades.put(example.query().id(), own);
        }
        return new Qrels(grades);
    }

    private Encoder live(String when) {
        return new LiveEncoder(model, when, stage.training().bf16());
    }

    private Encoder encoder(String name) {
        return opened.keep(Encoders.open(name));
    }

    private DenseIndex index(MiningData from, Encoder encoder) {
        try {
            Path file = Files.createTempFile("sidereal-vectors", ".floats");
            file.toFile().deleteOnExit();
            return new DenseIndex(
                    encoder, opened.keep(VectorFile.encode(file, from.corpus(), encoder, BATCH, Progress.none())));
        } catch (IOException e) {
            throw new Unavailable("cannot make a temporary file for the documents' vectors: " + e, e);
        }
    }

    @Override
    public void close() {
        opened.close();
    }
}
