package dev.sidereal.core.format;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.Item;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * An evaluation set read from a data folder as it is: the BEIR layout, pairs of query and code, or parallel questions
 * and paragraphs. Checked at open, which reads everything once; items are then streamed from the file again. Immutable
 * and thread-safe.
 *
 * <p>Queries are those with judgments in the split, in file order; the judgments are of these queries only.
 */
public final class RetrievalData {
    private final String name;
    private final String split;
    private final SortedSet<String> splits;
    private final ItemSource source;
    private final CheckedData checked;

    private RetrievalData(Path folder, String split, DataLayout layout) {
        this.name = folder.toAbsolutePath().normalize().getFileName().toString();
        this.split = split;
        this.splits = layout.splits();
        this.source = layout.items(split);
        this.checked = CheckedData.of(folder, split, layout);
    }

    /**
     * Opens and checks a data folder.
     *
     * @param split {@code test}, {@code train}; for parallel data a language or {@code all}
     * @throws dev.sidereal.core.error.BadInput if the folder is of no known layout or has no such split; if a line of
     *     it is malformed or repeats an id; if the corpus is empty; if no judged item is in the corpus, or no judged
     *     query among the queries
     */
    public static RetrievalData open(Path folder, String split) {
        return open(folder, split, Map.of());
    }

    /**
     * As {@link #open(Path, String)}, with the types of some fields declared.
     *
     * @param declared field to type, for fields that are not left to inference
     */
    public static RetrievalData open(Path folder, String split, Map<String, FieldType> declared) {
        return new RetrievalData(folder, split, DataLayout.of(folder, declared));
    }

    /**
     * {@return the evaluation sets of a data folder}
     *
     * @throws dev.sidereal.core.error.BadInput if the folder is of no known layout
     */
    public static SortedSet<String> splits(Path folder) {
        return DataLayout.of(folder, Map.of()).splits();
    }

    /** {@return the folder's name} */
    public String name() {
        return name;
    }

    /** {@return the split that was opened} */
    public String split() {
        return split;
    }

    /** {@return the splits there are} */
    public SortedSet<String> splits() {
        return splits;
    }

    /** {@return the items, from the first; close the stream} */
    public Stream<Item> items() {
        return source.rows(BadRows.stop()).map(SourcedItem::item);
    }

    /** {@return the items with the places they come from} */
    public ItemSource source() {
        return source;
    }

    /** {@return how many items there are} */
    public long size() {
        return checked.size();
    }

    /** {@return the queries of the split} */
    public List<Query> queries() {
        return checked.queries();
    }

    /** {@return the judgments of the split} */
    public Qrels qrels() {
        return checked.qrels();
    }

    /** {@return what is odd about the data but does not stop its use, one sentence each} */
    public List<String> warnings() {
        return checked.warnings();
    }

    /** {@return hash of the items, the same for any compression and line ends} */
    public String corpusHash() {
        return checked.corpusHash();
    }

    /** {@return hash of items, queries and judgments} */
    public String contentHash() {
        return checked.contentHash();
    }
}
