package dev.sidereal.train.recipe;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.GradientEncoder;
import dev.sidereal.train.Embedder;
import dev.sidereal.train.LearningRate;
import dev.sidereal.train.TrainerSettings;
import dev.sidereal.train.data.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of the loop; the next stage begins with the parameters that this one kept.
 *
 * @param data at least one
 * @param dev share of the first data's queries that checkpoints are chosen by; 0 for none
 * @param teacher whose vectors are learnt from, as {@link dev.sidereal.model.GradientEncoder#open} takes it; empty for
 *     none. The name of the recipe's model means a frozen copy of it as it was before training
 * @param teacherCache megabytes for the teacher's vectors of texts that come again, see
 *     {@link dev.sidereal.train.Teacher.Settings}
 * @param maxTokens where texts are cut while training, at least 3; the model may read longer ones afterwards. 0 for no cut
 *     before the model's own
 * @param batches how batches are made
 * @param composer which examples meet in a batch
 * @param chunk most texts that are held with their graph at once; 0 for as many as fit the machine, at most what {@code
 *     training} says
 * @param training how the run goes; the teacher computes in bf16 if the student does
 */
public record Stage(
        List<DataRecipe> data,
        double dev,
        String teacher,
        int teacherCache,
        int maxTokens,
        Schedule.Settings batches,
        ComposerRecipe composer,
        int chunk,
        TrainerSettings training) {
    /** @throws BadConfig if the share of dev queries does not fit */
    public Stage {
        data = List.copyOf(data);
        if (!(dev >= 0 && dev < 1)) {
            throw new BadConfig("The share of dev queries must be from 0 to below 1, got " + dev + ".");
        }
        if (chunk < 0) {
            throw new BadConfig("chunk must be 0 or more, got " + chunk + ".");
        }
        if (maxTokens < 0 || maxTokens == 1 || maxTokens == 2) {
            throw new BadConfig("max-tokens must be 0 or at least 3, got " + maxTokens + ".");
        }
    }

    /** {@return an encoder as this stage sees it} */
    Embedder embedder(GradientEncoder encoder) {
        return maxTokens == 0 ? Embedder.of(encoder) : Embedder.of(encoder, maxTokens);
    }

    /** {@return this stage with a chunk that is chosen} */
    Stage withChunk(int texts) {
        TrainerSettings settings = training.withChunk(texts);
        return new Stage(data, dev, teacher, teacherCache, maxTokens, batches, composer, texts, settings);
    }

    /** Reads the keys of a stage and leaves the node open for others. */
    static Stage read(YamlNode node) {
        List<DataRecipe> data = node.maps("data").stream().map(DataRecipe::read).toList();
        double dev = node.number("dev", 0.1);
        String teacher = node.text("teacher", "");
        int teacherCache = node.whole("teacher-cache", 0);
        int maxTokens = node.whole("max-tokens", 0);
        YamlNode batches = node.map("batches");
        YamlNode training = node.map("training");
        Stage stage = new Stage(
                data,
                dev,
                teacher,
                teacherCache,
                maxTokens,
                batches(batches),
                new ComposerRecipe(batches.text("composer", "mixed"), batches.whole("topics", 0)),
                training.whole("chunk", 0),
                training(training));
        batches.close();
        return stage;
    }

    private static Schedule.Settings batches(YamlNode node) {
        return new Schedule.Settings(
                node.whole("size", 32), node.whole("negatives", 7), node.whole("bucket", 16), node.whole("seed", 0));
    }

    private static TrainerSettings training(YamlNode node) {
        TrainerSettings usual = TrainerSettings.of(node.whole("steps", 1_000), node.number("learning-rate", 2e-5));
        LearningRate rate = new LearningRate(
                usual.learningRate().peak(),
                node.number("learning-rate-floor", usual.learningRate().floor()),
                node.whole("warmup", usual.learningRate().warmup()));
        TrainerSettings training = new TrainerSettings(
                usual.steps(),
                rate,
                node.number("weight-decay", usual.weightDecay()),
                node.number("beta1", usual.beta1()),
                node.number("beta2", usual.beta2()),
                node.number("clip", usual.clip()),
                node.whole("accumulate", usual.accumulate()),
                usual.chunk(),
                node.flag("bf16", usual.bf16()),
                node.whole("evaluate-every", usual.evaluateEvery()),
                node.whole("snapshot-every", usual.snapshotEvery()),
                node.whole("seed", (int) usual.seed()));
        node.close();
        return training;
    }

    /** Writes every value. */
    void addTo(Map<String, Object> yaml) {
        yaml.put("data", data.stream().map(DataRecipe::yaml).toList());
        yaml.put("dev", dev);
        yaml.put("teacher", teacher);
        yaml.put("teacher-cache", teacherCache);
        yaml.put("max-tokens", maxTokens);
        Map<String, Object> cut = new LinkedHashMap<>();
        cut.put("size", batches.batchSize());
        cut.put("negatives", batches.negatives());
        cut.put("bucket", batches.bucket());
        cut.put("seed", batches.seed());
        cut.put("composer", composer.composer());
        cut.put("topics", composer.topics());
        yaml.put("batches", cut);
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("steps", training.steps());
        run.put("learning-rate", training.learningRate().peak());
        run.put("learning-rate-floor", training.learningRate().floor());
        run.put("warmup", training.learningRate().warmup());
        run.put("weight-decay", training.weightDecay());
        run.put("beta1", training.beta1());
        run.put("beta2", training.beta2());
        run.put("clip", training.clip());
        run.put("accumulate", training.accumulate());
        run.put("chunk", chunk);
        run.put("bf16", training.bf16());
        run.put("evaluate-every", training.evaluateEvery());
        run.put("snapshot-every", training.snapshotEvery());
        run.put("seed", training.seed());
        yaml.put("training", run);
    }
}
