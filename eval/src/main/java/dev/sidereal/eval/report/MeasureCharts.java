package dev.sidereal.eval.report;

import dev.sidereal.eval.Evaluation;
import dev.sidereal.eval.Measured;
import dev.sidereal.eval.significance.Interval;
import java.util.List;

/** One small bar chart a measure, from 0 to 1, a bar a system with its interval. */
record MeasureCharts(List<Evaluation> evaluations, MeanIntervals intervals) {
    String html() {
        StringBuilder out = new StringBuilder("""
                <section aria-labelledby="charts"><h2 id="charts">Measures</h2>
                <div class="charts">
                """);
        for (Measured measured : evaluations.getFirst().measures()) {
            if (MeanIntervals.applies(measured)) {
                out.append(chart(measured.name()));
            }
        }
        return out.append(
                        "</div>\n<p class=\"note\">Bars run from 0 to 1, whiskers are 95 % bootstrap intervals.</p></section>\n")
                .toString();
    }

    private String chart(String measure) {
        StringBuilder out = new StringBuilder("<figure><figcaption>")
                .append(Html.escape(measure))
                .append("</figcaption>\n<ul class=\"bars\">\n");
        for (int i = 0; i < evaluations.size(); i++) {
            Evaluation evaluation = evaluations.get(i);
            Measured measured = evaluation.measure(measure);
            out.append("<li><span class=\"name\">").append(Html.escape(evaluation.system()));
            out.append("</span>").append(bar(measured, i == 0 && evaluations.size() > 1));
            out.append("<span class=\"value\">").append(measured.printed()).append("</span></li>\n");
        }
        return out.append("</ul></figure>\n").toString();
    }

    private String bar(Measured measured, boolean baseline) {
        Interval interval = intervals.of(measured);
        return """
                <svg viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">\
                <path class="grid" d="M25 0v16M50 0v16M75 0v16"/>\
                <rect class="%s" x="0" y="3" width="%s" height="10"/>\
                <path class="whisker" d="M%s 8H%sM%s 5v6M%s 5v6"/></svg>""".formatted(
                        baseline ? "base" : "bar",
                        Html.coordinate(100 * measured.value()),
                        Html.coordinate(100 * interval.low()),
                        Html.coordinate(100 * interval.high()),
                        Html.coordinate(100 * interval.low()),
                        Html.coordinate(100 * interval.high()));
    }
}
