package dev.sidereal.core.catalogue;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.RetrievalData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** A data folder that {@link RetrievalData} opens; queries and judgments of the chosen splits come along. */
public final class BeirImporter implements Importer {
    private static final String DEFAULT_SPLIT = "test";

    @Override
    public String name() {
        return "beir";
    }

    @Override
    public CatalogueSource open(Path source, ImportOptions options) {
        List<RetrievalData> sets = new ArrayList<>();
        for (String split : options.splits().isEmpty() ? List.of(defaultSplit(source)) : options.splits()) {
            sets.add(RetrievalData.open(source, split, options.types().fields()));
        }
        RetrievalData first = sets.getFirst();
        Map<String, Query> queries = new LinkedHashMap<>();
        SortedMap<String, Qrels> qrels = new TreeMap<>();
        List<String> warnings = new ArrayList<>();
        for (RetrievalData set : sets) {
            if (!set.corpusHash().equals(first.corpusHash())) {
                throw new BadInput(source + ": the splits '" + first.split() + "' and '" + set.split()
                        + "' have different items; import them into two catalogues");
            }
            set.queries().forEach(query -> add(queries, query, set));
            qrels.put(set.split(), set.qrels());
            set.warnings().forEach(warning -> warnings.add("split '" + set.split() + "': " + warning));
        }
        return new CatalogueSource(
                source.toString(), first.source(), List.copyOf(queries.values()), qrels, List.of(), warnings);
    }

    private static void add(Map<String, Query> queries, Query query, RetrievalData set) {
        Query other = queries.putIfAbsent(query.id(), query);
        if (other != null && !other.equals(query)) {
            throw new BadInput("the query '" + query.id() + "' has another text in the split '" + set.split()
                    + "' than in an earlier one; import the splits into two catalogues");
        }
    }

    private static String defaultSplit(Path source) {
        SortedSet<String> splits = RetrievalData.splits(source);
        if (splits.contains(DEFAULT_SPLIT)) {
            return DEFAULT_SPLIT;
        }
        if (splits.size() == 1) {
            return splits.first();
        }
        throw new BadInput(
                source + " has several splits and none is called test; choose one of " + String.join(", ", splits));
    }
}
