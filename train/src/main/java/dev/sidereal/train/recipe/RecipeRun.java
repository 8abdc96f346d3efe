package dev.sidereal.train.recipe;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.format.JsonLinesWriter;
import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.train.Course;
import dev.sidereal.train.DevMeasure;
import dev.sidereal.train.Embedder;
import dev.sidereal.train.RetrievalNdcg;
import dev.sidereal.train.StsSpearman;
import dev.sidereal.train.Teacher;
import dev.sidereal.train.Trainer;
import dev.sidereal.train.TrainingResult;
import dev.sidereal.train.TrainingResult.Stop;
import dev.sidereal.train.TrainingWatcher;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Split;
import dev.sidereal.train.loop.MinedSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Does what a recipe says. */
public final class RecipeRun {
    private final Recipe recipe;
    private final Path base;
    private final Path to;
    private final GradientEncoder encoder;
    private final FrozenModels models;
    private final List<MinedSet> mined = new ArrayList<>();
    /** The stages with what was left to the machine. */
    private final List<Stage> ran;

    private RecipeRun(Recipe recipe, Path base, Path to, GradientEncoder encoder, FrozenModels models) {
        this.recipe = recipe;
        this.base = base;
        this.to = to;
        this.encoder = encoder;
        this.models = models;
        this.ran = new ArrayList<>(recipe.stages());
    }

    /**
     * Trains into a folder: {@code recipe.yaml} with every value, {@code run} (of several stages {@code run-1} and so on)
     * from which a stopped run goes on when this is called again, {@code mining.jsonl} with a report of each set of
     * negatives that was mined, and {@code model}, the trained encoder, unless the run stopped before its end. Nothing is
     * written before all data and the first stage's models are open. A stage that stops before its end ends the run.
     *
     * @param base relative paths of the recipe's data begin here
     * @param opened hears before the first step of a stage what it is about to do
     * @param watcher hears of each step and measure
     * @return how the last stage ended
     * @throws dev.sidereal.core.error.BadConfig if the recipe names what there is not
     * @throws dev.sidereal.core.error.BadInput if data or model do not fit
     * @throws dev.sidereal.core.error.ArtifactMismatch if the folder holds another run
     */
    public static TrainingResult train(
            Recipe recipe, Path base, Path to, Consumer<RunPlan> opened, TrainingWatcher watcher) {
        List<List<Dataset>> data = new ArrayList<>();
        for (Stage stage : recipe.stages()) {
            data.add(stage.data().stream().map(source -> source.open(base)).toList());
        }
        Device device = Device.parse(recipe.device());
        try (GradientEncoder encoder = GradientEncoder.open(recipe.model(), device);
                FrozenModels models = new FrozenModels(device)) {
            RecipeRun run = new RecipeRun(recipe, base, to, encoder, models);
            recipe.stages().forEach(run::teacher);
            TrainingResult result = run.stage(0, data.getFirst(), opened, watcher);
            for (int i = 1; i < data.size() && result.stop() == Stop.DONE; i++) {
                result = run.stage(i, data.get(i), opened, watcher);
            }
            run.write(result);
            return result;
        }
    }

    /** Trains without a word about what is to be done. */
    public static TrainingResult train(Recipe recipe, Path base, Path to, TrainingWatcher watcher) {
        return train(recipe, base, to, _ -> {}, watcher);
    }

    private TrainingResult stage(int number, List<Dataset> opened, Consumer<RunPlan> plans, TrainingWatcher watcher) {
        Stage stage = recipe.stages().get(number);
        List<Dataset> data = new ArrayList<>(opened);
        List<Dataset> held = new ArrayList<>();
        if (stage.dev() > 0) {
            Split split = Split.of(data.getFirst(), stage.dev());
            data.set(0, split.train());
            held.add(split.dev());
        }
        List<Example> dev =
                held.stream().flatMap(part -> part.examples().stream()).toList();
        Embedder embedder = stage.embedder(encoder);
        try (CourseSetup setup = new CourseSetup(
                stage, base, embedder, teacher(stage), () -> stage.embedder(models.copy(recipe.model())), dev)) {
            List<Course> courses = new ArrayList<>();
            for (int i = 0; i < data.size(); i++) {
                courses.add(setup.course(i, data.get(i), stage.data().get(i).loss(encoder.dims())));
            }
            requireUse(stage, courses);
            boolean adore = stage.data().stream()
                    .anyMatch(source -> source.acting().mine().adore());
            List<DevMeasure> measures =
                    held.stream().map(part -> measure(part, adore, embedder)).toList();
            RunPlan plan = RunPlan.of(stage, courses, encoder, measures, models);
            Stage fitted = stage.withChunk(plan.chunk());
            ran.set(number, fitted);
            Trainer trainer = measures.isEmpty()
                    ? Trainer.of(embedder, courses, stage.batches(), fitted.training())
                    : Trainer.of(embedder, courses, stage.batches(), fitted.training(), measures.getFirst());
            plans.accept(plan);
            String folder = recipe.stages().size() == 1 ? "run" : "run-" + (number + 1);
            TrainingResult result = trainer.train(to.resolve(folder), watcher);
            mined.addAll(setup.sets());
            return result;
        }
    }

    private Teacher teacher(Stage stage) {
        if (stage.teacher().isEmpty()) {
            return Teacher.NONE;
        }
        GradientEncoder open = models.open(stage.teacher());
        boolean raw =
                stage.data().stream().flatMap(data -> data.losses().stream()).anyMatch(LossRecipe::wantsRawStates);
        if (raw && open.dims() < encoder.dims()) {
            throw new BadConfig("The teacher " + stage.teacher() + " gives " + open.dims() + " dimensions, the student "
                    + encoder.dims() + "; the loss kd needs a teacher that is at least as wide, similarity does not.");
        }
        Teacher.Settings settings = new Teacher.Settings(stage.training().bf16(), (long) stage.teacherCache() << 20);
        return Teacher.of(stage.teacher() + " " + open.card().fingerprint(), stage.embedder(open), settings);
    }

    private static void requireUse(Stage stage, List<Course> courses) {
        boolean asked = courses.stream()
                .flatMap(course -> course.loss().needs().stream())
                .anyMatch(role -> role.taught());
        if (!stage.teacher().isEmpty() && !asked) {
            throw new BadConfig("The teacher " + stage.teacher()
                    + " is never asked; add a loss kd or similarity to the data, or leave the teacher out.");
        }
    }

    private void write(TrainingResult result) {
        String yaml = new Recipe(recipe.model(), recipe.device(), ran).yaml();
        AtomicFile.write(to.resolve("recipe.yaml"), out -> out.write(yaml.getBytes(StandardCharsets.UTF_8)));
        if (!mined.isEmpty()) {
            AtomicFile.write(to.resolve("mining.jsonl"), out -> {
                try (JsonLinesWriter writer = new JsonLinesWriter(out)) {
                    for (MinedSet set : mined) {
                        writer.write(set.report().json().put("step", set.step()).put("vectors", set.vectors()));
                    }
                }
            });
        }
        if (result.stop() == Stop.DONE) {
            encoder.save(to.resolve("model"));
        }
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
