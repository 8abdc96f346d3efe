package dev.sidereal.core.format;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import dev.sidereal.core.error.BadInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** How a kind of data folder keeps items, queries and judgments. Says nothing on whether these fit each other. */
sealed interface DataLayout permits BeirFolder, PairsFolder, ParallelFolder {
    /** {@return the evaluation sets in the folder; not empty} */
    SortedSet<String> splits();

    /** {@return the items that the queries of a split are to find} */
    ItemSource items(String split);

    /** {@return all queries that may belong to a split, in file order, ids unique} */
    List<Query> queries(String split);

    /** {@return the judgments of a split} */
    Qrels qrels(String split);

    /**
     * Recognises a folder by its files.
     *
     * @param declared types of fields that are not left to inference
     * @throws BadInput if it is none of the kinds
     */
    static DataLayout of(Path folder, Map<String, FieldType> declared) {
        List<String> names = DataFile.names(folder);
        Path corpus = DataFile.find(folder, "corpus.jsonl");
        if (corpus != null) {
            ParallelFolder parallel = ParallelFolder.recognise(folder, corpus);
            return parallel == null ? new BeirFolder(folder, corpus, declared) : parallel;
        }
        Path pairs = DataFile.find(folder, "pairs.jsonl");
        if (pairs != null) {
            return new PairsFolder(pairs);
        }
        throw new BadInput(
                folder + " is no data folder: expected corpus.jsonl with queries.jsonl and qrels, or pairs.jsonl"
                        + " (each may be .gz), found " + (names.isEmpty() ? "nothing" : String.join(", ", names)));
    }
}
