package dev.sidereal.core.catalogue;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import dev.sidereal.core.format.ItemSource;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a catalogue is made from.
 *
 * @param name where it comes from, for messages and the manifest
 * @param items the items, repeatable
 * @param queries queries of evaluation sets that stay with the catalogue; may be empty
 * @param qrels split to its judgments; may be empty
 * @param links references between items; may be empty
 * @param warnings what the importer found odd, one sentence each
 */
public record CatalogueSource(
        String name,
        ItemSource items,
        List<Query> queries,
        SortedMap<String, Qrels> qrels,
        List<Link> links,
        List<String> warnings) {
    public CatalogueSource {
        queries = List.copyOf(queries);
        qrels = Collections.unmodifiableSortedMap(new TreeMap<>(qrels));
        links = List.copyOf(links);
        warnings = List.copyOf(warnings);
    }

    /** {@return a source of items alone} */
    public static CatalogueSource of(String name, ItemSource items) {
        return new CatalogueSource(name, items, List.of(), new TreeMap<>(), List.of(), List.of());
    }
}
