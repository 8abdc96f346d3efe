package dev.sidereal.core.catalogue;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.FieldType;
import dev.sidereal.core.Item;
import dev.sidereal.core.Progress;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import dev.sidereal.core.artifact.ArtifactFolder;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.CorruptArtifact;
import dev.sidereal.core.format.BadRows;
import dev.sidereal.core.format.ItemSource;
import dev.sidereal.core.format.JsonItems;
import dev.sidereal.core.format.QueryFile;
import dev.sidereal.core.format.SourcedItem;
import dev.sidereal.core.format.TrecQrelsFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Items with a schema and an access mode, as an artifact: {@code manifest.json}, {@code items.jsonl.gz}, and if there are
 * evaluation sets or links {@code queries.jsonl.gz}, {@code qrels/SPLIT.tsv}, {@code links.tsv}. Items are streamed, never
 * held. Immutable and thread-safe.
 */
public final class Catalogue {
    /** The artifact's kind. */
    public static final String KIND = "catalogue";

    static final int FORMAT_VERSION = 1;
    static final String ITEMS = "items.jsonl.gz";
    static final String QUERIES = "queries.jsonl.gz";
    static final String QRELS = "qrels";
    static final String LINKS = "links.tsv";

    private final ArtifactFolder artifact;
    private final ObjectNode contents;
    private final AclMode acl;
    private final Schema schema;

    private Catalogue(ArtifactFolder artifact) {
        this.artifact = artifact;
        this.contents = artifact.manifest().contents();
        this.acl = aclMode(artifact.manifest().settings().path("acl"));
        this.schema = schema(contents.path("schema"));
        checkItems();
    }

    /**
     * Opens a catalogue.
     *
     * @throws BadInput if there is no such folder
     * @throws CorruptArtifact if the folder is damaged
     * @throws dev.sidereal.core.error.ArtifactMismatch if it is another kind of artifact or of a newer version
     */
    public static Catalogue open(Path folder) {
        return new Catalogue(ArtifactFolder.open(folder, KIND, FORMAT_VERSION));
    }

    /**
     * Writes a catalogue, replacing the one that is there only when the new one is complete.
     *
     * @return what was found on the way
     * @throws BadInput if there is no item, an id is blank or used twice, a field has two types, or a row is malformed;
     *     unless the settings allow so many bad rows
     * @throws dev.sidereal.core.error.Unavailable if it cannot be written
     */
    public static CatalogueReport write(
            Path folder, CatalogueSource source, CatalogueSettings settings, Progress progress) {
        return write(folder, source, settings, progress, UnaryOperator.identity());
    }

    /** As the public method, with the stream of items to the disk wrapped. */
    static CatalogueReport write(
            Path folder,
            CatalogueSource source,
            CatalogueSettings settings,
            Progress progress,
            UnaryOperator<OutputStream> disk) {
        CatalogueWriter writer = new CatalogueWriter(source, settings, progress, disk);
        ArtifactFolder.write(folder, writer::writeTo);
        return writer.report();
    }

    private AclMode aclMode(JsonNode node) {
        for (AclMode mode : AclMode.values()) {
            if (mode.label().equals(node.asString(""))) {
                return mode;
            }
        }
        throw damaged("its access mode is " + node + ", expected open or closed");
    }

    private Schema schema(JsonNode node) {
        TreeMap<String, FieldType> fields = new TreeMap<>();
        node.properties().forEach(e -> {
            try {
                fields.put(
                        e.getKey(), FieldType.valueOf(e.getValue().asString("").toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                throw damaged("field '" + e.getKey() + "' is of unknown type " + e.getValue());
            }
        });
        return new Schema(fields);
    }

    private void checkItems() {
        Path file = file(ITEMS);
        long expected = contents.path("items_bytes").asLong(-1);
        try {
            long bytes = Files.size(file);
            if (bytes != expected) {
                throw damaged(ITEMS + " has " + bytes + " bytes, the manifest says " + expected);
            }
        } catch (IOException e) {
            throw damaged(ITEMS + " cannot be read (" + e + ")");
        }
    }

    private CorruptArtifact damaged(String what) {
        return new CorruptArtifact(
                "the catalogue " + path() + " is damaged: " + what + "; restore it from a copy or import it again");
    }

    private Path file(String name) {
        return path().resolve(name);
    }

    /** {@return the folder} */
    public Path path() {
        return artifact.path();
    }

    /** {@return the artifact, with its manifest} */
    public ArtifactFolder artifact() {
        return artifact;
    }

    /** {@return hash of the items; the same items always have the same} */
    public String hash() {
        return contents.path("hash").asString("");
    }

    /** {@return what an item without stated readers means here} */
    public AclMode acl() {
        return acl;
    }

    /** {@return the fields} */
    public Schema schema() {
        return schema;
    }

    /** {@return the language tag of the texts; {@code und} if unknown or mixed} */
    public String language() {
        return artifact.manifest().settings().path("language").asString("und");
    }

    /** {@return how many items there are} */
    public long size() {
        return contents.path("items").asLong(0);
    }

    /** {@return the items in the order they were imported; close the stream} */
    public Stream<Item> items() {
        return source().rows(BadRows.stop()).map(SourcedItem::item);
    }

    /** {@return the items with their places in the catalogue's file} */
    public ItemSource source() {
        return new JsonItems(file(ITEMS), schema.fields());
    }

    /** {@return the queries of all evaluation sets; empty if there are none} */
    public List<Query> queries() {
        return Files.exists(file(QUERIES)) ? QueryFile.read(file(QUERIES)) : List.of();
    }

    /** {@return the evaluation sets; empty if there are none} */
    public SortedSet<String> splits() {
        SortedSet<String> splits = new TreeSet<>();
        contents.path("splits").forEach(split -> splits.add(split.asString("")));
        return Collections.unmodifiableSortedSet(splits);
    }

    /**
     * {@return the judgments of an evaluation set}
     *
     * @throws BadInput if there is no such set; the message lists those there are
     */
    public Qrels qrels(String split) {
        if (!splits().contains(split)) {
            throw new BadInput("the catalogue " + path() + " has no split '" + split + "'; "
                    + (splits().isEmpty() ? "it has none" : "splits are " + String.join(", ", splits())));
        }
        return TrecQrelsFile.read(file(QRELS).resolve(split + ".tsv"));
    }

    /** {@return the references between items; empty if there are none} */
    public List<Link> links() {
        return Files.exists(file(LINKS)) ? LinkFile.read(file(LINKS)) : List.of();
    }
}
