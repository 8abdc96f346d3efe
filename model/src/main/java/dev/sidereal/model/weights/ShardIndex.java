package dev.sidereal.model.weights;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadInput;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file that says which tensor of a checkpoint lies in which file.
 *
 * @param totalBytes of all tensors
 * @param weights file name by tensor name
 */
record ShardIndex(long totalBytes, Map<String, String> weights) {
    static final String NAME = "model.safetensors.index.json";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** @throws BadInput if it is not JSON, has no map, or names a file outside its folder */
    static ShardIndex read(Path file) {
        JsonNode root;
        try {
            root = JSON.readTree(file);
        } catch (JacksonException e) {
            throw new BadInput(
                    "The index " + file + " is not JSON (" + e.getOriginalMessage() + "); download it again.", e);
        }
        JsonNode map = root.path("weight_map");
        if (!map.isObject() || map.isEmpty()) {
            throw new BadInput("The index " + file + " has no \"weight_map\" that names a file for each tensor; "
                    + "download it again.");
        }
        Map<String, String> weights = new LinkedHashMap<>();
        for (var entry : map.properties()) {
            if (!isFileName(entry.getValue())) {
                throw new BadInput("The index " + file + " says that the tensor \"" + entry.getKey() + "\" is in "
                        + entry.getValue() + ", expected the name of a file in the same folder; download it again.");
            }
            weights.put(entry.getKey(), entry.getValue().asString());
        }
        return new ShardIndex(root.path("metadata").path("total_size").asLong(0), weights);
    }

    private static boolean isFileName(JsonNode value) {
        return value.isString()
                && value.asString().endsWith(".safetensors")
                && value.asString().chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ');
    }

    List<String> shards() {
        return weights.values().stream().distinct().sorted().toList();
    }

    void write(Path file) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("metadata", Map.of("total_size", totalBytes));
        content.put("weight_map", new java.util.TreeMap<>(weights));
        byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content);
        AtomicFile.write(file, out -> out.write(json));
    }
}
