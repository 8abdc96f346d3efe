package dev.sidereal.server.endpoint;

import dev.sidereal.core.Deadline;
import dev.sidereal.core.Hit;
import dev.sidereal.core.Principal;
import dev.sidereal.core.SearchRequest;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.core.format.ItemJson;
import dev.sidereal.engine.OpenIndex;
import dev.sidereal.engine.SearchPage;
import dev.sidereal.engine.SearchSystem;
import dev.sidereal.search.Facet;
import dev.sidereal.search.IndexSnapshot;
import dev.sidereal.search.Snippet;
import dev.sidereal.search.Suggestion;
import dev.sidereal.server.frame.Call;
import dev.sidereal.server.frame.Doc;
import dev.sidereal.server.frame.Endpoint;
import dev.sidereal.server.frame.Limits;
import dev.sidereal.server.frame.Param;
import dev.sidereal.server.frame.Refusal;
import dev.sidereal.server.frame.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Search, facets and suggestions over one index. Thread-safe. */
public final class SearchEndpoints {
    private static final String GROUP = "Search";
    private static final Param FILTER = Param.text("filter", "which items are considered, in the filter language");
    private static final Param TIMEOUT = Param.number(Call.TIMEOUT, "milliseconds after which 422 is answered");

    private final OpenIndex open;

    public SearchEndpoints(OpenIndex open) {
        this.open = open;
    }

    /** What is searched for. */
    public record SearchBody(
            @Doc("what is asked") String query,

            @Doc("length of the page, 10 unless given") @Nullable
            Integer k,

            @Doc("how many results come before the page, 0 unless given") @Nullable
            Integer offset,

            @Doc("which items are considered, in the filter language") @Nullable
            String filter,

            @Doc("bm25, dense or hybrid; the best that the index has unless given") @Nullable
            String system,

            @Doc("fields whose values are counted") @Nullable
            List<String> facets,

            @Doc("milliseconds after which 422 is answered") @Nullable
            Integer timeoutMs) {}

    /** A page of results. */
    public record SearchAnswer(
            @Doc("by which it was searched") String system,
            @Doc("by which this index can be searched") List<String> systems,
            String query,

            @Doc("how many items are admitted and share a word with the query")
            long matching,

            int offset,
            int k,
            @Doc("best first") List<Result> results,
            List<FacetAnswer> facets,
            Millis millis) {}

    /** One result. */
    public record Result(
            @Doc("from 1, over all pages") int rank,
            String id,
            String title,
            @Doc("of the passage that matched best") String heading,

            @Doc("position of that passage in the item, from 0")
            int passage,

            SnippetAnswer snippet,
            @Doc("of the item") JsonNode fields,

            @Doc("higher is better; comparable within this answer only")
            double score,

            @Doc("each leg's part") List<LegAnswer> legs) {}

    /** One leg's part in a result. */
    public record LegAnswer(
            String leg,

            @Doc("in the leg's own list, from 1; 0 if the leg did not find the item by itself")
            int rank,

            double score,
            @Doc("what that added to the result's score") double contribution) {}

    /** The most telling sentence of a passage. */
    public record SnippetAnswer(
            String text,

            @Doc("pairs of first character and the one after the last, in UTF-16 units")
            List<List<Integer>> marks) {
        static SnippetAnswer of(Snippet snippet) {
            return new SnippetAnswer(
                    snippet.text(),
                    snippet.marks().stream()
                            .map(mark -> List.of(mark.start(), mark.end()))
                            .toList());
        }
    }

    /** Values of a field with the number of matching items. */
    public record FacetAnswer(
            String field, @Doc("most frequent first") List<FacetValue> values) {
        static FacetAnswer of(Facet facet) {
            return new FacetAnswer(
                    facet.field(),
                    facet.values().stream()
                            .map(value -> new FacetValue(value.value(), value.items()))
                            .toList());
        }
    }

    /** One value. */
    public record FacetValue(String value, long items) {}

    /** How long it took. */
    public record Millis(
            @Doc("finding the results") double search,
            @Doc("the whole answer") double total) {}

    /** Facets of a search or of everything. */
    public record FacetsAnswer(
            @Doc("how many items are counted") long matching, List<FacetAnswer> facets) {}

    /** Completions. */
    public record SuggestAnswer(List<SuggestionAnswer> suggestions) {}

    /** One completion. */
    public record SuggestionAnswer(
            @Doc("a title or heading") String text,
            @Doc("of an item that has it") String id) {
        static SuggestionAnswer of(Suggestion suggestion) {
            return new SuggestionAnswer(suggestion.text(), suggestion.id());
        }
    }

    /** {@return the endpoints} */
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/v1/search")
                        .summary(GROUP, "Search")
                        .notes(
                                "A later page continues the earlier one: no result comes twice while the index stays as it is.")
                        .takes(Endpoint.Media.json(SearchBody.class))
                        .gives("a page of results", SearchAnswer.class)
                        .load(Endpoint.Load.SEARCH)
                        .answeredBy(call -> search(call, call.body(SearchBody.class))),
                Endpoint.get("/api/v1/search")
                        .summary(GROUP, "Search by an address that can be shared")
                        .with(
                                Param.text("q", "what is asked").needed(),
                                Param.number("k", "length of the page, 10 unless given"),
                                Param.number("offset", "how many results come before the page"),
                                FILTER,
                                Param.text("system", "bm25, dense or hybrid"),
                                Param.list("facets", "fields whose values are counted"),
                                TIMEOUT)
                        .gives("a page of results", SearchAnswer.class)
                        .load(Endpoint.Load.SEARCH)
                        .answeredBy(call -> search(
                                call,
                                new SearchBody(
                                        call.needed("q"),
                                        call.number("k"),
                                        call.number("offset"),
                                        call.query("filter").orElse(null),
                                        call.query("system").orElse(null),
                                        call.list("facets"),
                                        null))),
                Endpoint.get("/api/v1/facets")
                        .summary(GROUP, "Count values of fields")
                        .with(
                                Param.list("fields", "fields of type keyword, set or boolean")
                                        .needed(),
                                Param.text("q", "count only items that share a word with this"),
                                FILTER,
                                Param.number("top", "how many values a field, 20 unless given"),
                                TIMEOUT)
                        .gives("values with numbers of items", FacetsAnswer.class)
                        .load(Endpoint.Load.SEARCH)
                        .answeredBy(this::facets),
                Endpoint.get("/api/v1/suggest")
                        .summary(GROUP, "Complete what is being typed")
                        .notes("From titles and headings of items that the caller may read.")
                        .with(
                                Param.text("q", "what was typed so far").needed(),
                                Param.number("k", "how many, 8 unless given"),
                                TIMEOUT)
                        .gives("completions", SuggestAnswer.class)
                        .load(Endpoint.Load.SEARCH)
                        .answeredBy(this::suggest));
    }

    private Reply search(Call call, SearchBody body) {
        long start = System.nanoTime();
        Limits limits = call.limits();
        Asked asked = new Asked(open, call);
        String query = asked.query(body.query());
        int k = asked.within("k", body.k(), 10, 1, limits.window());
        int offset = asked.within("offset", body.offset(), 0, 0, limits.window());
        if (offset + k > limits.window()) {
            throw Refusal.of(
                    422,
                    "'offset' and 'k' together may be " + limits.window() + " at most, got " + (offset + k)
                            + "; narrow the search by a filter instead of paging so deep");
        }
        SearchRequest request = new SearchRequest(
                query, k, call.caller().principal(), asked.filter(body.filter()), call.deadline(body.timeoutMs()));
        SearchSystem system = asked.system(body.system());
        List<String> facets = body.facets() == null ? List.of() : body.facets();
        SearchPage page = open.page(request, offset, limits.window(), system, facets);
        return Reply.json(new SearchAnswer(
                page.system(),
                asked.systems(),
                query,
                page.matching(),
                offset,
                k,
                page.results().stream().map(SearchEndpoints::result).toList(),
                page.facets().stream().map(FacetAnswer::of).toList(),
                new Millis(page.millis(), (System.nanoTime() - start) / 1e6)));
    }

    private static Result result(SearchPage.Result found) {
        Hit hit = found.hit();
        JsonNode fields = ItemJson.write(found.item()).path("fields");
        return new Result(
                found.rank(),
                hit.id(),
                found.item().title(),
                found.heading(),
                hit.passage(),
                SnippetAnswer.of(found.snippet()),
                fields.isMissingNode() ? Fields.none() : fields,
                hit.score(),
                hit.legs().stream()
                        .map(leg -> new LegAnswer(leg.leg(), leg.rank(), leg.score(), leg.contribution()))
                        .toList());
    }

    private Reply facets(Call call) {
        Asked asked = new Asked(open, call);
        call.needed("fields");
        int top = asked.within("top", call.number("top"), 20, 1, 1_000);
        String query = asked.queryOrNone(call.query("q").orElse(""));
        Filter filter = asked.filter(call.query("filter").orElse(null));
        Principal principal = call.caller().principal();
        Deadline deadline = call.deadline(null);
        try (IndexSnapshot snapshot = open.index().snapshot(principal, deadline)) {
            return Reply.json(new FacetsAnswer(
                    snapshot.count(query, filter),
                    snapshot.facets(query, filter, call.list("fields"), top).stream()
                            .map(FacetAnswer::of)
                            .toList()));
        }
    }

    private Reply suggest(Call call) {
        Asked asked = new Asked(open, call);
        int k = asked.within("k", call.number("k"), 8, 1, 50);
        String typed = asked.query(call.needed("q"));
        try (IndexSnapshot snapshot = open.index().snapshot(call.caller().principal(), call.deadline(null))) {
            return Reply.json(new SuggestAnswer(snapshot.suggest(typed, k).stream()
                    .map(SuggestionAnswer::of)
                    .toList()));
        }
    }
}
