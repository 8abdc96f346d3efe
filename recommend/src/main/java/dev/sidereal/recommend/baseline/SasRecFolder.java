package dev.sidereal.recommend.baseline;

import dev.sidereal.core.artifact.ArtifactFolder;
import dev.sidereal.core.artifact.Manifest;
import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.CorruptArtifact;
import dev.sidereal.model.weights.Safetensors;
import dev.sidereal.model.weights.SafetensorsWriter;
import dev.sidereal.model.weights.WeightSource;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trained {@link SasRec} on the disk: an artifact of kind {@code sasrec} with {@code model.safetensors}, which says what it
 * was trained on and how.
 *
 * @param model the caller closes it
 * @param seconds its training took
 */
public record SasRecFolder(SasRec model, double seconds) {
    /** The artifact's kind. */
    public static final String KIND = "sasrec";

    private static final int VERSION = 1;
    private static final String WEIGHTS = "model.safetensors";

    /**
     * Writes a trained model, replacing one that is there only when the new one is complete.
     *
     * @param data hash of what it was trained on
     */
    public static void write(Path folder, SasRecTraining.Result trained, String data) {
        ArtifactFolder.write(folder, temporary -> {
            SafetensorsWriter writer = new SafetensorsWriter();
            trained.model().parameters().stored().forEach(writer::add);
            writer.write(temporary.resolve(WEIGHTS));
            ObjectNode settings = Manifest.tree();
            settings.put("training", trained.model().settings().described());
            ObjectNode contents = Manifest.tree();
            contents.put("items", trained.model().items());
            ObjectNode measures = Manifest.tree();
            measures.put("best_epoch", trained.best().number());
            measures.put("epochs", trained.epochs().size());
            measures.put("validation_ndcg@10", trained.best().ndcg());
            measures.put("seconds", trained.seconds());
            return Manifest.of(KIND, VERSION)
                    .withSource("data", data)
                    .withSettings(settings)
                    .withContents(contents)
                    .withMeasures(measures);
        });
    }

    /**
     * Opens a trained model.
     *
     * @param settings as it must have been trained
     * @param data hash of what it must have been trained on
     * @throws ArtifactMismatch if it was trained on other data or with other settings; names both
     * @throws CorruptArtifact if the folder is damaged
     */
    public static SasRecFolder open(Path folder, SasRecSettings settings, String data) {
        ArtifactFolder artifact = ArtifactFolder.open(folder, KIND, VERSION);
        String remedy = "remove the folder or give another workspace, so that it is trained anew";
        artifact.requireMadeFrom("data", data, remedy);
        String held = artifact.manifest().settings().path("training").asString("");
        if (!held.equals(settings.described())) {
            throw new ArtifactMismatch(
                    folder + " was trained with " + held + ", asked for " + settings.described() + "; " + remedy);
        }
        SasRec model =
                SasRec.random(artifact.manifest().contents().path("items").asInt(1), settings);
        try (WeightSource source = Safetensors.open(folder.resolve(WEIGHTS))) {
            model.parameters().copyFrom(source);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
        return new SasRecFolder(
                model, artifact.manifest().measures().path("seconds").asDouble(0));
    }
}
