package dev.sidereal.eval;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.eval.measure.ByteOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a result came about: data hash, split, model, prompts, dtype, lengths, seed, version, as text by name. Lies beside
 * a run file as {@code <run>.circumstances.json}; nested objects of such a file are read with dotted names. Immutable.
 *
 * @param values name to value
 */
public record Circumstances(SortedMap<String, String> values) {
    /** Hash of the items that were searched. */
    public static final String DATA = "data";

    /** Name of the split, such as {@code test}. */
    public static final String SPLIT = "split";

    /** Hash of the judgments, see {@link #hash(Qrels)}. */
    public static final String JUDGMENTS = "judgments";

    /** Runs that differ in one of these are about different things and are not compared. */
    public static final List<String> DECISIVE = List.of(DATA, SPLIT, JUDGMENTS);

    private static final String SUFFIX = ".circumstances.json";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public Circumstances {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** {@return circumstances of which nothing is known} */
    public static Circumstances unknown() {
        return new Circumstances(new TreeMap<>());
    }

    /** {@return circumstances with these values} */
    public static Circumstances of(Map<String, String> values) {
        return new Circumstances(new TreeMap<>(values));
    }

    /** {@return these circumstances with one value set} */
    public Circumstances with(String name, String value) {
        SortedMap<String, String> copy = new TreeMap<>(values);
        copy.put(name, value);
        return new Circumstances(copy);
    }

    /** {@return where the circumstances of a run file lie} */
    public static Path beside(Path run) {
        return run.resolveSibling(run.getFileName() + SUFFIX);
    }

    /**
     * Reads the file beside a run.
     *
     * @return {@link #unknown()} if there is none
     * @throws BadInput if it is no JSON object or cannot be read
     */
    public static Circumstances readBeside(Path run) {
        Path file = beside(run);
        try {
            return parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            return unknown();
        } catch (IOException e) {
            throw new BadInput(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a JSON object.
     *
     * @param where the file or place, for messages
     * @throws BadInput if it is no JSON object
     */
    public static Circumstances parse(String json, String where) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new BadInput(where + " is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.isObject()) {
            throw new BadInput(where + " must hold a JSON object of circumstances, got "
                    + root.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        SortedMap<String, String> values = new TreeMap<>();
        flatten("", root, values);
        return new Circumstances(values);
    }

    private static void flatten(String prefix, JsonNode object, SortedMap<String, String> values) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                flatten(prefix + entry.getKey() + ".", value, values);
            } else {
                values.put(prefix + entry.getKey(), value.isString() ? value.stringValue() : value.toString());
            }
        }
    }

    /** {@return a JSON object, names in order} */
    public String toJson() {
        return JSON.writeValueAsString(values) + "\n";
    }

    /** {@return a hash of judgments that does not depend on their order: 16 hexadecimal digits of SHA-256} */
    public static String hash(Qrels qrels) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        for (String query : inByteOrder(qrels.grades())) {
            for (String item : inByteOrder(qrels.of(query))) {
                String line = query + '\t' + item + '\t' + qrels.of(query).get(item) + '\n';
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static List<String> inByteOrder(Map<String, ?> map) {
        return map.keySet().stream().sorted(ByteOrder.COMPARATOR).toList();
    }
}
