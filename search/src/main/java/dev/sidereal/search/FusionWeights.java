package dev.sidereal.search;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.CorruptArtifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The weights that were fitted for an index, kept in {@code fusion.json} in its folder; the defaults if none were. */
final class FusionWeights {
    private static final String FILE = "fusion.json";
    private static final JsonMapper JSON = JsonMapper.shared();

    private FusionWeights() {}

    static CalibratedSum read(Path index) {
        Path file = index.resolve(FILE);
        if (!Files.exists(file)) {
            return CalibratedSum.standard();
        }
        try {
            SortedMap<String, Double> weights = new TreeMap<>();
            for (var entry : JSON.readTree(Files.readString(file)).properties()) {
                JsonNode weight = entry.getValue();
                weights.put(entry.getKey(), weight.doubleValue());
            }
            return new CalibratedSum(weights);
        } catch (JacksonException e) {
            throw new CorruptArtifact(
                    file + " is damaged: " + e.getOriginalMessage() + "; delete it or run tune again", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path index, CalibratedSum fusion) {
        ObjectNode json = JSON.createObjectNode();
        fusion.weights().forEach(json::put);
        byte[] bytes = JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(index.resolve(FILE), out -> out.write(bytes));
    }
}
