package dev.sidereal.cli;

import dev.sidereal.core.Principal;
import dev.sidereal.core.SearchRequest;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.core.filter.FilterSyntax;
import dev.sidereal.engine.OpenIndex;
import dev.sidereal.engine.SearchSystem;
import dev.sidereal.search.IndexSnapshot;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code search}: find items and see why. */
@Command(
        name = "search",
        description = {
            "Search an index and see why each result is there.",
            "",
            "Examples:",
            "  ./sidereal search --index indexes/scifact \"vitamin D and bone density\"",
            "  ./sidereal search --index indexes/shop --filter 'price < 20 and brand = \"Acme\"' --facets brand kettle",
            "  ./sidereal search --index indexes/docs --as ann,group:staff --legs bm25 budget"
        })
final class SearchVerb implements Verb {
    @Option(names = "--index", required = true, paramLabel = "DIR", description = "The index's folder.")
    Path folder = Path.of("");

    @Parameters(arity = "1..*", paramLabel = "QUERY", description = "What you look for.")
    List<String> words = List.of();

    @Option(
            names = "--legs",
            split = ",",
            paramLabel = "LEG",
            description = "Search by these legs only. Default: all that the index has.")
    List<String> legs = List.of();

    @Option(
            names = "--as",
            paramLabel = "PRINCIPAL",
            defaultValue = "anyone",
            description = "On whose behalf: anyone, or user and groups such as ann,group:staff. Default anyone.")
    String principal = "anyone";

    @Option(names = "--filter", paramLabel = "F", description = "Which items are considered; see docs/filters.md.")
    @Nullable
    String filter;

    @Option(names = "--facets", split = ",", paramLabel = "FIELD", description = "Count the values of these fields.")
    List<String> facets = List.of();

    @Option(names = "-k", paramLabel = "K", defaultValue = "10", description = "How many results. Default 10.")
    int k;

    @Override
    public Outcome run(Session session) {
        try (OpenIndex open = OpenIndex.of(folder)) {
            SearchSystem system = legs.isEmpty() ? open.bestSystem() : SearchSystem.of(legs);
            Principal asking = Principal.parse(principal);
            SearchRequest request = new SearchRequest(String.join(" ", words), k, asking, filter(open, asking));
            OpenIndex.Answer answer = open.search(request, system, facets);
            return Outcome.of(answer, new AnswerText(answer).toString());
        }
    }

    private Filter filter(OpenIndex open, Principal asking) {
        if (filter == null) {
            return Filter.all();
        }
        try (IndexSnapshot snapshot = open.index().snapshot(asking)) {
            return FilterSyntax.parse(filter, snapshot.schema());
        }
    }
}
