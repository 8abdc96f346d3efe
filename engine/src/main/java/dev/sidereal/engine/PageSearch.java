package dev.sidereal.engine;

import dev.sidereal.core.Hit;
import dev.sidereal.core.Item;
import dev.sidereal.core.SearchRequest;
import dev.sidereal.search.Blend;
import dev.sidereal.search.IndexSnapshot;
import dev.sidereal.search.Passage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Searches for a page so that pages neither overlap nor leave gaps: a fusion's order depends on how deep its legs look,
 * so the first {@link Blend#depth} results always come from legs of that depth, and what deeper legs add comes after.
 */
final class PageSearch {
    private final IndexSnapshot snapshot;
    private final SearchRequest request;
    private final SearchSystem system;

    PageSearch(IndexSnapshot snapshot, SearchRequest request, SearchSystem system) {
        this.snapshot = snapshot;
        this.request = request;
        this.system = system;
    }

    /**
     * @param window how deep paging may go
     * @param facets names of fields to count
     */
    SearchPage run(int offset, int window, List<String> facets) {
        long start = System.nanoTime();
        List<Hit> hits = hits(offset, window);
        double millis = (System.nanoTime() - start) / 1e6;
        List<SearchPage.Result> results = new ArrayList<>();
        for (Hit hit : hits) {
            request.deadline().check();
            results.add(result(offset + results.size() + 1, hit));
        }
        long matching = snapshot.count(request.text(), request.filter());
        return new SearchPage(
                system.label(),
                matching,
                results,
                snapshot.facets(request.text(), request.filter(), facets, 10),
                millis);
    }

    private List<Hit> hits(int offset, int window) {
        int end = offset + request.k();
        Blend blend = system.blend(snapshot);
        boolean deep = blend.legs().size() > 1 && end > blend.depth();
        List<Hit> ranked = deep ? deep(window, blend) : search(end, blend);
        return ranked.subList(Math.min(offset, ranked.size()), Math.min(end, ranked.size()));
    }

    private List<Hit> deep(int window, Blend blend) {
        List<Hit> ranked = new ArrayList<>(search(blend.depth(), blend));
        Set<String> ids = new HashSet<>();
        ranked.forEach(hit -> ids.add(hit.id()));
        for (Hit hit : search(window, blend)) {
            if (ids.add(hit.id())) {
                ranked.add(hit);
            }
        }
        return ranked;
    }

    private List<Hit> search(int k, Blend blend) {
        return snapshot.search(request.text(), k, request.filter(), blend);
    }

    private SearchPage.Result result(int rank, Hit hit) {
        Item item = snapshot.item(hit.id())
                .orElseThrow(() -> new IllegalStateException("hit " + hit.id() + " is not in its snapshot"));
        Passage passage = snapshot.passage(item, hit.passage());
        return new SearchPage.Result(rank, item, hit, passage.heading(), snapshot.snippet(passage, request.text()));
    }
}
