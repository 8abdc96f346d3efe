package dev.sidereal.eval.report;

import dev.sidereal.core.Query;
import dev.sidereal.eval.Caveat;
import dev.sidereal.eval.Circumstances;
import dev.sidereal.eval.Comparison;
import dev.sidereal.eval.Difference;
import dev.sidereal.eval.Evaluation;
import dev.sidereal.eval.Latency;
import dev.sidereal.eval.Measured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An evaluation as one HTML page that needs nothing from outside: no script, style and drawings inline, light and dark,
 * for a phone and a desk. All text from data is escaped. Immutable.
 *
 * @param title heading of the page
 * @param evaluations one a system; the first is the baseline if there are several
 * @param differences of the others from the baseline
 * @param circumstances system to how its run came about
 * @param warnings sentences shown before the figures
 * @param latencies system to how fast it is; may lack systems
 * @param texts query id to text; may lack queries
 */
public record HtmlReport(
        String title,
        List<Evaluation> evaluations,
        List<Difference> differences,
        Map<String, Circumstances> circumstances,
        List<String> warnings,
        Map<String, Latency> latencies,
        Map<String, String> texts) {
    public HtmlReport {
        evaluations = List.copyOf(evaluations);
        differences = List.copyOf(differences);
        circumstances = ordered(circumstances);
        warnings = List.copyOf(warnings);
        latencies = ordered(latencies);
        texts = ordered(texts);
    }

    private static <T> Map<String, T> ordered(Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** {@return the report of a comparison} */
    public static HtmlReport of(String title, Comparison comparison) {
        return new HtmlReport(
                title,
                comparison.evaluations(),
                comparison.differences(),
                comparison.circumstances(),
                comparison.warnings(),
                Map.of(),
                Map.of());
    }

    /** {@return the report of a single system} */
    public static HtmlReport of(String title, Evaluation evaluation, Circumstances circumstances) {
        return new HtmlReport(
                title,
                List.of(evaluation),
                List.of(),
                Map.of(evaluation.system(), circumstances),
                evaluation.caveats().stream().map(Caveat::sentence).toList(),
                Map.of(),
                Map.of());
    }

    /** {@return this report with a section on latency} */
    public HtmlReport withLatencies(Map<String, Latency> latencies) {
        return new HtmlReport(title, evaluations, differences, circumstances, warnings, latencies, texts);
    }

    /** {@return this report with the texts of its queries} */
    public HtmlReport withQueries(List<Query> queries) {
        Map<String, String> texts = new LinkedHashMap<>();
        queries.forEach(query -> texts.put(query.id(), query.text()));
        return new HtmlReport(title, evaluations, differences, circumstances, warnings, latencies, texts);
    }

    /** {@return the whole page, to be written as UTF-8} */
    public String html() {
        String escaped = Html.escape(title);
        Evaluation first = evaluations.getFirst();
        MeanIntervals intervals = new MeanIntervals();
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <header><h1>%s</h1>
                <p>%s, %d queries, %s.</p></header>
                <main>
                """.formatted(
                                escaped,
                                style(),
                                escaped,
                                evaluations.size() == 1 ? "1 system" : evaluations.size() + " systems",
                                first.queries(),
                                first.averaging().rule())
                + warningList()
                + new SummaryTable(evaluations, differences, intervals).html()
                + new MeasureCharts(evaluations, intervals).html()
                + new WinsAndLosses(first.system(), differences, texts).html()
                + new LatencyTable(latencies).html()
                + new CircumstancesTable(circumstances).html()
                + citations(first)
                + "</main>\n</body>\n</html>\n";
    }

    private String warningList() {
        if (warnings.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder(
                "<section class=\"warnings\" aria-labelledby=\"warnings\"><h2 id=\"warnings\">Know first</h2>\n<ul>\n");
        warnings.forEach(
                warning -> out.append("<li>").append(Html.escape(warning)).append("</li>\n"));
        return out.append("</ul></section>\n").toString();
    }

    private static String citations(Evaluation evaluation) {
        StringBuilder out = new StringBuilder(
                "<section aria-labelledby=\"sources\"><h2 id=\"sources\">Where the measures come from</h2>\n<dl>\n");
        for (Measured measured : evaluation.measures()) {
            out.append("<dt>").append(Html.escape(measured.name())).append("</dt><dd>");
            out.append(Html.escape(measured.measure().citation())).append("</dd>\n");
        }
        return out.append("</dl></section>\n").toString();
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(
                HtmlReport.class.getResourceAsStream("report.css"), "report.css is not in the jar")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
