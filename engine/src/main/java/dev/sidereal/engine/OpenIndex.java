package dev.sidereal.engine;

import dev.sidereal.core.Hit;
import dev.sidereal.core.Item;
import dev.sidereal.core.SearchRequest;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.Explanation;
import dev.sidereal.search.Facet;
import dev.sidereal.search.IndexSettings;
import dev.sidereal.search.IndexSnapshot;
import dev.sidereal.search.Passage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An index opened for reading together with the encoder that its manifest names. Thread-safe. */
public final class OpenIndex implements AutoCloseable {
    private final CatalogueIndex index;
    private final @Nullable OpenEncoder encoder;

    private OpenIndex(CatalogueIndex index, @Nullable OpenEncoder encoder) {
        this.index = index;
        this.encoder = encoder;
    }

    /** Opens one. */
    public static OpenIndex of(Path folder) {
        return open(folder, false);
    }

    /**
     * Opens one for reading and writing.
     *
     * @throws dev.sidereal.core.error.Unavailable if another process writes it
     */
    public static OpenIndex forWriting(Path folder) {
        return open(folder, true);
    }

    private static OpenIndex open(Path folder, boolean write) {
        IndexSettings.Dense dense = CatalogueIndex.settings(folder).dense();
        if (dense == null) {
            return new OpenIndex(write ? CatalogueIndex.openForWriting(folder) : CatalogueIndex.open(folder), null);
        }
        OpenEncoder encoder = OpenEncoder.of(dense.encoder().name());
        try {
            return new OpenIndex(
                    write ? CatalogueIndex.openForWriting(folder, encoder) : CatalogueIndex.open(folder, encoder),
                    encoder);
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    /** {@return the index itself} */
    public CatalogueIndex index() {
        return index;
    }

    /** {@return the encoder of its dense leg, or null if it has none} */
    public @Nullable OpenEncoder encoder() {
        return encoder;
    }

    /** {@return the best way to search it} */
    public SearchSystem bestSystem() {
        return SearchSystem.best(index.legs());
    }

    /**
     * What a search gave, ready to be shown.
     *
     * @param system by which it was searched
     * @param matching how many items are admitted and share a word with the query
     * @param results best first
     * @param facets as asked
     * @param millis wall-clock of the search alone, encoding of the query included
     */
    public record Answer(String system, long matching, List<Result> results, List<Facet> facets, double millis) {}

    /**
     * One result.
     *
     * @param rank from 1
     * @param id of the item
     * @param title of the item
     * @param heading of the passage that matched best
     * @param snippet of that passage, the query's words between {@code **}
     * @param score higher is better
     * @param why each leg's say
     */
    public record Result(
            int rank,
            String id,
            String title,
            String heading,
            String snippet,
            double score,
            List<Explanation.Leg> why) {}

    /**
     * Searches.
     *
     * @param facets names of fields to count, none for none
     */
    public Answer search(SearchRequest request, SearchSystem system, List<String> facets) {
        try (IndexSnapshot snapshot = index.snapshot(request.principal())) {
            long start = System.nanoTime();
            List<Hit> hits = snapshot.search(request.text(), request.k(), request.filter(), system.blend());
            double millis = (System.nanoTime() - start) / 1e6;
            List<Explanation> why = snapshot.explain(request.text(), request.filter(), system.blend(), hits);
            List<Result> results = new ArrayList<>();
            for (int i = 0; i < hits.size(); i++) {
                results.add(result(snapshot, request.text(), i + 1, hits.get(i), why.get(i)));
            }
            return new Answer(
                    system.label(),
                    snapshot.count(request.text(), request.filter()),
                    results,
                    snapshot.facets(request.text(), request.filter(), facets, 10),
                    millis);
        }
    }

    /**
     * Searches for one page; {@code request.k()} is its length.
     *
     * @param offset how many results come before it
     * @param window how deep paging may go, at least offset and k together
     * @param facets names of fields to count, none for none
     * @throws dev.sidereal.core.error.BudgetExceeded if the request's deadline comes first
     */
    public SearchPage page(SearchRequest request, int offset, int window, SearchSystem system, List<String> facets) {
        try (IndexSnapshot snapshot = index.snapshot(request.principal(), request.deadline())) {
            return new PageSearch(snapshot, request, system).run(offset, window, facets);
        }
    }

    private static Result result(IndexSnapshot snapshot, String text, int rank, Hit hit, Explanation why) {
        Optional<Item> item = snapshot.item(hit.id());
        Item found = item.orElseThrow(() -> new IllegalStateException("hit " + hit.id() + " is not in its snapshot"));
        Passage passage = snapshot.passage(found, hit.passage());
        return new Result(
                rank,
                hit.id(),
                found.title(),
                passage.heading(),
                snapshot.snippet(passage, text).marked("**", "**"),
                hit.score(),
                why.legs());
    }

    @Override
    public void close() {
        index.close();
        if (encoder != null) {
            encoder.close();
        }
    }
}
