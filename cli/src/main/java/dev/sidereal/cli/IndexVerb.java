package dev.sidereal.cli;

import dev.sidereal.core.catalogue.Catalogue;
import dev.sidereal.engine.CatalogueIndexing;
import dev.sidereal.engine.IndexBuild;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code index}: build or update an index. */
@Command(
        name = "index",
        description = {
            "Build an index of a catalogue, or bring one up to date.",
            "",
            "Only new and changed items are written and encoded; items that left the catalogue are removed. Killed at"
                    + " any time, the index stays at its last commit and the same command goes on from there.",
            "",
            "Examples:",
            "  ./sidereal index --catalogue catalogues/scifact --to indexes/scifact",
            "  ./sidereal index --catalogue catalogues/shop --to indexes/shop --legs bm25",
            "  ./sidereal index --catalogue catalogues/docs --to indexes/docs --encoder minilm-q --quantised"
        })
final class IndexVerb implements Verb {
    @Option(names = "--catalogue", required = true, paramLabel = "DIR", description = "A catalogue made by import.")
    Path catalogue = Path.of("");

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "The index's folder.")
    Path to = Path.of("");

    @Option(
            names = "--legs",
            split = ",",
            paramLabel = "LEG",
            defaultValue = "bm25,dense",
            description = "bm25 (words), dense (vectors) or both. Default both.")
    List<String> legs = List.of();

    @Option(
            names = "--encoder",
            paramLabel = "NAME",
            defaultValue = "bge-small",
            description = "What makes the vectors: bge-small, minilm, bge-small-q, minilm-q, a model's folder, or"
                    + " http(s)://host#model. Default bge-small.")
    String encoder = "";

    @Option(names = "--quantised", description = "Keep vectors in one byte a dimension; scores stay of full precision.")
    boolean quantised;

    @Option(
            names = "--passage-chars",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Split longer texts into passages of so many characters. Default: six a token that the encoder"
                            + " reads; 8000 without vectors.")
    int passageChars;

    @Override
    public Outcome run(Session session) {
        CatalogueIndexing.Settings settings = new CatalogueIndexing.Settings(legs, encoder, quantised, passageChars);
        IndexBuild.Report report =
                new CatalogueIndexing(Catalogue.open(catalogue), settings, session.progress()).run(to);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("index", to.toString());
        json.put("items", report.items());
        json.put("written", report.put().written());
        json.put("unchanged", report.put().unchanged());
        json.put("removed", report.removed());
        json.put("passages", report.put().passages());
        json.put("truncated", report.put().truncated());
        json.put("seconds", report.seconds());
        String text = ("%,d items in %.1f s: %,d written as %,d passages, %,d unchanged, %,d removed%s%n"
                        + "Next: ./sidereal search --index %s \"what you look for\"")
                .formatted(
                        report.items(),
                        report.seconds(),
                        report.put().written(),
                        report.put().passages(),
                        report.put().unchanged(),
                        report.removed(),
                        report.put().truncated() == 0
                                ? ""
                                : "%n  note: %,d passages are longer than the encoder reads; it saw their beginning"
                                        .formatted(report.put().truncated()),
                        to);
        return Outcome.of(json, text);
    }
}
