package dev.sidereal.train;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.tensor.AdamW;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Snapshot;
import dev.sidereal.model.weights.Safetensors;
import dev.sidereal.model.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** What a run keeps on the disk: what it is, where it stands, and the best parameters so far. */
final class RunFolder {
    private static final String MEASURE = "measure";

    private final Path run;
    private final Path snapshot;
    private final Path best;

    RunFolder(Path folder) {
        run = folder.resolve("run.txt");
        snapshot = folder.resolve("snapshot.safetensors");
        best = folder.resolve("best.safetensors");
    }

    /**
     * Begins or resumes.
     *
     * @throws ArtifactMismatch if the folder holds another run
     */
    void open(String description, Parameters parameters, AdamW optimiser) {
        if (!Files.exists(run)) {
            AtomicFile.write(run, out -> out.write(description.getBytes(StandardCharsets.UTF_8)));
        } else if (!read().equals(description)) {
            throw new ArtifactMismatch("The folder " + run.toAbsolutePath().getParent()
                    + " holds a run with other settings, losses or data; name another folder, or give what " + run
                    + " says.");
        }
        if (Files.exists(snapshot)) {
            Snapshot.restore(snapshot, parameters, optimiser);
        }
    }

    private String read() {
        try {
            return Files.readString(run);
        } catch (IOException e) {
            throw new BadInput("cannot read " + run + ": " + e + "; check its rights", e);
        }
    }

    void snapshot(Parameters parameters, AdamW optimiser) {
        Snapshot.write(snapshot, parameters, optimiser);
    }

    /** {@return the measure of the best parameters, empty if there are none yet} */
    OptionalDouble best() {
        if (!Files.exists(best)) {
            return OptionalDouble.empty();
        }
        try (Safetensors file = Safetensors.open(best)) {
            String measure = file.metadata().get(MEASURE);
            if (measure == null) {
                throw new BadInput(best + " has no measure; take the file away");
            }
            return OptionalDouble.of(Double.parseDouble(measure));
        }
    }

    void best(Parameters parameters, double measure) {
        SafetensorsWriter writer = new SafetensorsWriter();
        parameters.stored().forEach(writer::add);
        writer.metadata(MEASURE, Double.toString(measure));
        writer.write(best);
    }

    void restoreBest(Parameters parameters) {
        try (Safetensors file = Safetensors.open(best)) {
            parameters.copyFrom(file);
        }
    }
}
