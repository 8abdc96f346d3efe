package dev.sidereal.core.artifact;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an artifact says about itself, kept as its {@code manifest.json}. Immutable: trees are copied on the way in and
 * out.
 *
 * @param kind what the folder is: {@code catalogue}, {@code index}
 * @param formatVersion version of the folder's layout, from 1
 * @param created when it was written, to the second
 * @param madeFrom name of each source to its content hash
 * @param settings how it was made: what the user chose, the seed
 * @param contents what it holds: counts, dims, schema, tokenizer hash
 * @param measures figures taken while or after it was made
 */
public record Manifest(
        String kind,
        int formatVersion,
        Instant created,
        SortedMap<String, String> madeFrom,
        ObjectNode settings,
        ObjectNode contents,
        ObjectNode measures) {
    public Manifest {
        if (kind.isBlank() || formatVersion < 1) {
            throw new IllegalArgumentException(
                    "a manifest needs a kind and a format version from 1, got '" + kind + "' and " + formatVersion);
        }
        created = created.truncatedTo(ChronoUnit.SECONDS);
        madeFrom = Collections.unmodifiableSortedMap(new TreeMap<>(madeFrom));
        settings = settings.deepCopy();
        contents = contents.deepCopy();
        measures = measures.deepCopy();
    }

    /** {@return a manifest made now, with nothing in it yet} */
    public static Manifest of(String kind, int formatVersion) {
        return new Manifest(kind, formatVersion, Instant.now(), new TreeMap<>(), tree(), tree(), tree());
    }

    /** {@return an empty JSON object to fill} */
    public static ObjectNode tree() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public ObjectNode settings() {
        return settings.deepCopy();
    }

    @Override
    public ObjectNode contents() {
        return contents.deepCopy();
    }

    @Override
    public ObjectNode measures() {
        return measures.deepCopy();
    }

    /** {@return this manifest with one more source} */
    public Manifest withSource(String name, String hash) {
        SortedMap<String, String> copy = new TreeMap<>(madeFrom);
        copy.put(name, hash);
        return new Manifest(kind, formatVersion, created, copy, settings, contents, measures);
    }

    /** {@return this manifest with these settings instead} */
    public Manifest withSettings(ObjectNode settings) {
        return new Manifest(kind, formatVersion, created, madeFrom, settings, contents, measures);
    }

    /** {@return this manifest with these contents instead} */
    public Manifest withContents(ObjectNode contents) {
        return new Manifest(kind, formatVersion, created, madeFrom, settings, contents, measures);
    }

    /** {@return this manifest with these measures instead} */
    public Manifest withMeasures(ObjectNode measures) {
        return new Manifest(kind, formatVersion, created, madeFrom, settings, contents, measures);
    }
}
