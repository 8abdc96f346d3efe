package dev.sidereal.eval.report;

import dev.sidereal.eval.Decimals;
import dev.sidereal.eval.Difference;
import java.util.List;
import java.util.Map;

/**
 * Per-query differences from the baseline, best first, with the queries at both ends by name.
 *
 * @param texts query id to text, as far as known
 */
record WinsAndLosses(String baseline, List<Difference> differences, Map<String, String> texts) {
    private static final int NAMED = 5;
    private static final int HEIGHT = 100;

    String html() {
        if (differences.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder(
                        "<section aria-labelledby=\"queries\"><h2 id=\"queries\">Query by query against ")
                .append(Html.escape(baseline))
                .append("</h2>\n");
        String opened = differences.getFirst().measure();
        for (Difference difference : differences) {
            out.append(details(difference, difference.measure().equals(opened)));
        }
        return out.append("</section>\n").toString();
    }

    private String details(Difference d, boolean open) {
        return """
                <details%s><summary><b>%s</b> %s: %d better, %d equal, %d worse</summary>
                <p>Mean difference %s, 95 %% interval %s to %s, p %s (%s), corrected %s.</p>
                %s%s</details>
                """.formatted(
                        open ? " open" : "",
                        Html.escape(d.system()),
                        Html.escape(d.measure()),
                        d.wins(),
                        d.ties(),
                        d.losses(),
                        Html.signed(d.difference()),
                        Html.signed(d.interval().low()),
                        Html.signed(d.interval().high()),
                        Html.p(d.p()),
                        d.exact() ? "all permutations" : "drawn permutations",
                        Html.p(d.holmP()),
                        chart(d),
                        extremes(d));
    }

    private static String chart(Difference d) {
        List<Double> values = List.copyOf(d.perQuery().values());
        double largest = values.stream().mapToDouble(Math::abs).max().orElse(0);
        if (largest == 0) {
            return "";
        }
        StringBuilder wins = new StringBuilder();
        StringBuilder losses = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            double height = values.get(i) / largest * (HEIGHT / 2.0);
            if (height != 0) {
                (height > 0 ? wins : losses)
                        .append("M%d %dh1V%sh-1z".formatted(i, HEIGHT / 2, Html.coordinate(HEIGHT / 2.0 - height)));
            }
        }
        String range = Decimals.four(largest);
        return """
                <figure class="diverging"><span class="axis">+%s</span>
                <svg viewBox="0 0 %d %d" preserveAspectRatio="none" role="img" aria-label="%s">\
                <path class="wins" d="%s"/><path class="losses" d="%s"/>\
                <path class="zero" d="M0 %dH%d"/></svg>
                <span class="axis">\u2212%s</span></figure>
                """.formatted(
                        range,
                        values.size(),
                        HEIGHT,
                        "Differences of %d queries from best to worst: %d above zero, %d below"
                                .formatted(values.size(), d.wins(), d.losses()),
                        wins,
                        losses,
                        HEIGHT / 2,
                        values.size(),
                        range);
    }

    private String extremes(Difference d) {
        List<Map.Entry<String, Double>> bestFirst = List.copyOf(d.perQuery().entrySet());
        List<Map.Entry<String, Double>> best = bestFirst.subList(0, Math.min(NAMED, d.wins()));
        List<Map.Entry<String, Double>> worst = bestFirst.reversed().subList(0, Math.min(NAMED, d.losses()));
        return "<div class=\"pair\">" + table("Most gained", "win", best) + table("Most lost", "loss", worst)
                + "</div>\n";
    }

    private String table(String caption, String kind, List<Map.Entry<String, Double>> entries) {
        if (entries.isEmpty()) {
            return "";
        }
        StringBuilder out =
                new StringBuilder("<table><caption>").append(caption).append("</caption><thead><tr>");
        out.append("<th scope=\"col\">Query</th><th scope=\"col\" class=\"n\">Difference</th></tr></thead><tbody>\n");
        for (Map.Entry<String, Double> entry : entries) {
            String text = texts.getOrDefault(entry.getKey(), "");
            out.append("<tr><th scope=\"row\">").append(Html.escape(entry.getKey()));
            if (!text.isEmpty()) {
                out.append("<small class=\"text\">").append(Html.escape(text)).append("</small>");
            }
            out.append("</th><td class=\"n ").append(kind).append("\">");
            out.append(Html.signed(entry.getValue())).append("</td></tr>\n");
        }
        return out.append("</tbody></table>\n").toString();
    }
}
