package dev.sidereal.train.recipe;

import dev.sidereal.core.artifact.AtomicFile;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Does what a recipe says. */
public final class RecipeRun {
    private RecipeRun() {}

    /**
     * Trains into a folder: {@code recipe.yaml} with every value, {@code run} from which a stopped run goes on when this
     * is called again, and {@code model}, the trained encoder, unless the run stopped before its end. Nothing is written
     * before data and model are open.
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
        List<DevMeasure> dev = new ArrayList<>();
        if (recipe.dev() > 0) {
            Split split = Split.of(data.getFirst(), recipe.dev());
            data.set(0, split.train());
            dev.add(measure(split.dev()));
        }
        try (TrainableEncoder encoder = TrainableEncoder.open(recipe.model(), Device.parse(recipe.device()))) {
            int dims = encoder.model().config().hidden();
            List<Course> courses = new ArrayList<>();
            for (int i = 0; i < data.size(); i++) {
                courses.add(new Course(data.get(i), recipe.data().get(i).loss().of(dims)));
            }
            Embedder embedder = Embedder.of(encoder);
            Trainer trainer = dev.isEmpty()
                    ? Trainer.of(embedder, courses, recipe.batches(), recipe.training())
                    : Trainer.of(embedder, courses, recipe.batches(), recipe.training(), dev.getFirst());
            opened.accept(RunPlan.of(recipe, courses, encoder, dev));
            TrainingResult result = trainer.train(to.resolve("run"), watcher);
            AtomicFile.write(
                    to.resolve("recipe.yaml"), out -> out.write(recipe.yaml().getBytes(StandardCharsets.UTF_8)));
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

    private static DevMeasure measure(Dataset dev) {
        boolean pairs = dev.examples().stream()
                .allMatch(example ->
                        example.scores().size() == 1 && example.negatives().isEmpty());
        return pairs ? new StsSpearman(dev) : new RetrievalNdcg(dev);
    }
}
