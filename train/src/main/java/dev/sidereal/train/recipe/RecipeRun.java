package dev.sidereal.train.recipe;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.train.Course;
import dev.sidereal.train.DevMeasure;
import dev.sidereal.train.Embedder;
import dev.sidereal.train.RetrievalNdcg;
import dev.sidereal.train.StepReport;
import dev.sidereal.train.StsSpearman;
import dev.sidereal.train.Teacher;
import dev.sidereal.train.Trainer;
import dev.sidereal.train.TrainingResult;
import dev.sidereal.train.TrainingResult.Stop;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Split;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Does what a recipe says. */
public final class RecipeRun {
    private final Recipe recipe;
    private final GradientEncoder encoder;
    private final Teachers teachers;

    private RecipeRun(Recipe recipe, GradientEncoder encoder, Teachers teachers) {
        this.recipe = recipe;
        this.encoder = encoder;
        this.teachers = teachers;
    }

    /**
     * Trains into a folder: {@code recipe.yaml} with every value, {@code run} (of several stages {@code run-1} and so on)
     * from which a stopped run goes on when this is called again, and {@code model}, the trained encoder. Nothing is
     * written before all data and models are open. A stage that stops before its end ends the run.
     *
     * @param base relative paths of the recipe begin here
     * @param progress hears of each step
     * @return how the last stage ended
     * @throws dev.sidereal.core.error.BadConfig if the recipe names what there is not
     * @throws dev.sidereal.core.error.BadInput if data or model do not fit
     * @throws dev.sidereal.core.error.ArtifactMismatch if the folder holds another run
     */
    public static TrainingResult train(Recipe recipe, Path base, Path to, Consumer<StepReport> progress) {
        List<List<Dataset>> data = new ArrayList<>();
        for (Stage stage : recipe.stages()) {
            data.add(stage.data().stream().map(source -> source.open(base)).toList());
        }
        Device device = Device.parse(recipe.device());
        try (GradientEncoder encoder = GradientEncoder.open(recipe.model(), device);
                Teachers teachers = new Teachers(device)) {
            RecipeRun run = new RecipeRun(recipe, encoder, teachers);
            List<Trainer> trainers = new ArrayList<>();
            for (int i = 0; i < data.size(); i++) {
                trainers.add(run.trainer(recipe.stages().get(i), data.get(i)));
            }
            TrainingResult result = run.all(trainers, to, progress);
            AtomicFile.write(
                    to.resolve("recipe.yaml"), out -> out.write(recipe.yaml().getBytes(StandardCharsets.UTF_8)));
            encoder.save(to.resolve("model"));
            return result;
        }
    }

    private TrainingResult all(List<Trainer> trainers, Path to, Consumer<StepReport> progress) {
        TrainingResult result = trainers.getFirst().train(folder(to, 1), progress);
        for (int i = 1; i < trainers.size() && result.stop() == Stop.DONE; i++) {
            result = trainers.get(i).train(folder(to, i + 1), progress);
        }
        return result;
    }

    private Path folder(Path to, int stage) {
        return to.resolve(recipe.stages().size() == 1 ? "run" : "run-" + stage);
    }

    private Trainer trainer(Stage stage, List<Dataset> opened) {
        List<Dataset> data = new ArrayList<>(opened);
        List<DevMeasure> dev = new ArrayList<>();
        if (stage.dev() > 0) {
            Split split = Split.of(data.getFirst(), stage.dev());
            data.set(0, split.train());
            dev.add(measure(split.dev()));
        }
        Teacher teacher = teacher(stage);
        List<Course> courses = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            courses.add(new Course(data.get(i), stage.data().get(i).loss(encoder.dims()), teacher));
        }
        requireUse(stage, courses);
        Embedder embedder = Embedder.of(encoder);
        return dev.isEmpty()
                ? Trainer.of(embedder, courses, stage.batches(), stage.training())
                : Trainer.of(embedder, courses, stage.batches(), stage.training(), dev.getFirst());
    }

    private Teacher teacher(Stage stage) {
        if (stage.teacher().isEmpty()) {
            return Teacher.NONE;
        }
        GradientEncoder open = teachers.open(stage.teacher());
        boolean raw =
                stage.data().stream().flatMap(data -> data.losses().stream()).anyMatch(LossRecipe::wantsRawStates);
        if (raw && open.dims() < encoder.dims()) {
            throw new BadConfig("The teacher " + stage.teacher() + " gives " + open.dims() + " dimensions, the student "
                    + encoder.dims() + "; the loss kd needs a teacher that is at least as wide, similarity does not.");
        }
        Teacher.Settings settings = new Teacher.Settings(stage.training().bf16(), (long) stage.teacherCache() << 20);
        return Teacher.of(stage.teacher() + " " + open.card().fingerprint(), Embedder.of(open), settings);
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

    private static DevMeasure measure(Dataset dev) {
        boolean pairs = dev.examples().stream()
                .allMatch(example ->
                        example.scores().size() == 1 && example.negatives().isEmpty());
        return pairs ? new StsSpearman(dev) : new RetrievalNdcg(dev);
    }
}
