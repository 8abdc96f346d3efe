package dev.sidereal.train.recipe;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.format.JsonLinesWriter;
import dev.sidereal.model.TrainableEncoder;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.train.Course;
import dev.sidereal.train.DevMeasure;
import dev.sidereal.train.Embedder;
import dev.sidereal.train.RetrievalNdcg;
import dev.sidereal.train.StsSpearman;
import dev.sidereal.train.Trainer;
import dev.sidereal.train.TrainingResult;
import dev.sidereal.train.TrainingResult.Stop;
import dev.sidereal.train.TrainingWatcher;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Split;
import dev.sidereal.train.loop.MinedSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does what a recipe says. */
public final class RecipeRun {
    private RecipeRun() {}

    /**
     * Trains into a folder: {@code recipe.yaml} with every value, {@code run} from which a stopped run goes on when this
     * is called again, {@code mining.jsonl} with a report of each set of negatives that was mined, and {@code model}, the
     * trained encoder, unless the run stopped before its end. Nothing is written before data and model are open.
     *
     * @param base relative paths of the recipe's data begin here
     * @param opened hears what is about to be done, before the first step
     * @param watcher hears of each step and measure
     * @throws dev.sidereal.core.error.BadConfig if the recipe names what there is not
     * @throws dev.sidereal.core.error.BadInput if data or model do not fit
     * @throws dev.sidereal.core.error.ArtifactMismatch if the folder holds another run
     */
    public static TrainingResult train(
            Recipe recipe, Path base, Path to, Consumer<RunPlan> opened, TrainingWatcher watcher) {
        List<Dataset> data = new ArrayList<>(
                recipe.data().stream().map(source -> source.open(base)).toList());
        List<Dataset> held = new ArrayList<>();
        if (recipe.dev() > 0) {
            Split split = Split.of(data.getFirst(), recipe.dev());
            data.set(0, split.train());
            held.add(split.dev());
        }
        Device device = Device.parse(recipe.device());
        try (TrainableEncoder encoder = TrainableEncoder.open(recipe.model(), device);
                Copies copies = new Copies(recipe.model(), device);
                CourseSetup setup = new CourseSetup(
                        recipe,
                        base,
                        Embedder.of(encoder),
                        copies,
                        held.stream().flatMap(part -> part.examples().stream()).toList())) {
            int dims = encoder.model().config().hidden();
            List<Course> courses = new ArrayList<>();
            for (int i = 0; i < data.size(); i++) {
                courses.add(
                        setup.course(i, data.get(i), recipe.data().get(i).loss().of(dims)));
            }
            Embedder embedder = Embedder.of(encoder);
            boolean adore = recipe.data().stream()
                    .anyMatch(source -> source.acting().mine().adore());
            List<DevMeasure> dev =
                    held.stream().map(part -> measure(part, adore, embedder)).toList();
            Trainer trainer = dev.isEmpty()
                    ? Trainer.of(embedder, courses, recipe.batches(), recipe.training())
                    : Trainer.of(embedder, courses, recipe.batches(), recipe.training(), dev.getFirst());
            opened.accept(RunPlan.of(recipe, courses, encoder, dev));
            TrainingResult result = trainer.train(to.resolve("run"), watcher);
            AtomicFile.write(
                    to.resolve("recipe.yaml"), out -> out.write(recipe.yaml().getBytes(StandardCharsets.UTF_8)));
            if (!setup.sets().isEmpty()) {
                writeReports(setup.sets(), to.resolve("mining.jsonl"));
            }
            if (result.stop() == Stop.DONE) {
                encoder.save(to.resolve("model"));
            }
            return result;
        }
    }

    /** Trains without a word about what is to be done. */
    public static TrainingResult train(Recipe recipe, Path base, Path to, TrainingWatcher watcher) {
        return train(recipe, base, to, _ -> {}, watcher);
    }

    /** Opens models like the one that is trained, and closes them. */
    private static final class Copies implements Supplier<Embedder>, AutoCloseable {
        private final String model;
        private final Device device;
        private final List<TrainableEncoder> opened = new ArrayList<>();

        Copies(String model, Device device) {
            this.model = model;
            this.device = device;
        }

        @Override
        public Embedder get() {
            opened.add(TrainableEncoder.open(model, device));
            return Embedder.of(opened.getLast());
        }

        @Override
        public void close() {
            opened.forEach(TrainableEncoder::close);
        }
    }

    private static void writeReports(List<MinedSet> sets, Path file) {
        AtomicFile.write(file, out -> {
            try (JsonLinesWriter writer = new JsonLinesWriter(out)) {
                for (MinedSet set : sets) {
                    writer.write(set.report().json().put("step", set.step()).put("vectors", set.vectors()));
                }
            }
        });
    }

    private static DevMeasure measure(Dataset dev, boolean frozen, Embedder model) {
        boolean pairs = dev.examples().stream()
                .allMatch(example ->
                        example.scores().size() == 1 && example.negatives().isEmpty());
        if (pairs) {
            return new StsSpearman(dev);
        }
        RetrievalNdcg ndcg = new RetrievalNdcg(dev);
        return frozen ? ndcg.withDocumentsOf(model) : ndcg;
    }
}
