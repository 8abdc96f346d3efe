package dev.sidereal.eval.report;

import dev.sidereal.eval.Difference;
import dev.sidereal.eval.Evaluation;
import dev.sidereal.eval.Measured;
import dev.sidereal.eval.significance.Interval;
import java.util.List;

/** Systems by measures: value, interval, and the difference from the baseline. */
record SummaryTable(List<Evaluation> evaluations, List<Difference> differences, MeanIntervals intervals) {
    /** Corrected p values below this are marked. */
    private static final double LEVEL = 0.05;

    String html() {
        StringBuilder out = new StringBuilder("""
                <section aria-labelledby="summary"><h2 id="summary">Summary</h2>
                <div class="scroll" role="region" aria-labelledby="summary" tabindex="0"><table class="summary">
                <thead><tr><th scope="col">System</th>""");
        for (Measured measured : evaluations.getFirst().measures()) {
            out.append("<th scope=\"col\" class=\"n\">")
                    .append(Html.escape(measured.name()))
                    .append("</th>");
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (Evaluation evaluation : evaluations) {
            out.append("<tr><th scope=\"row\">").append(Html.escape(evaluation.system()));
            if (isBaseline(evaluation)) {
                out.append("<small>baseline</small>");
            }
            out.append("</th>");
            evaluation.measures().forEach(measured -> out.append(cell(evaluation, measured)));
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>\n");
        out.append(legend());
        return out.append("</section>\n").toString();
    }

    private boolean isBaseline(Evaluation evaluation) {
        return evaluations.size() > 1 && evaluation.equals(evaluations.getFirst());
    }

    private String cell(Evaluation evaluation, Measured measured) {
        StringBuilder out = new StringBuilder("<td class=\"n\">");
        String value = measured.printed();
        out.append(isBest(measured) ? "<strong>" + value + "</strong>" : value);
        if (MeanIntervals.applies(measured)) {
            Interval interval = intervals.of(measured);
            out.append("<small>").append(Html.number(interval.low())).append(" to ");
            out.append(Html.number(interval.high())).append("</small>");
        }
        differences.stream()
                .filter(d ->
                        d.system().equals(evaluation.system()) && d.measure().equals(measured.name()))
                .forEach(d -> out.append(difference(d)));
        return out.append("</td>").toString();
    }

    private boolean isBest(Measured measured) {
        return evaluations.size() > 1
                && MeanIntervals.applies(measured)
                && evaluations.stream().allMatch(e -> e.value(measured.name()) <= measured.value());
    }

    private static String difference(Difference d) {
        String sign = "";
        String kind = "";
        if (d.holmP() < LEVEL) {
            sign = d.difference() > 0
                    ? " <span aria-hidden=\"true\">▲</span><span class=\"said\">significantly better</span>"
                    : " <span aria-hidden=\"true\">▼</span><span class=\"said\">significantly worse</span>";
            kind = d.difference() > 0 ? " class=\"win\"" : " class=\"loss\"";
        }
        return "<small" + kind + ">" + Html.signed(d.difference()) + sign + "</small><small>p " + Html.p(d.holmP())
                + "</small>";
    }

    private String legend() {
        String values = "<p class=\"note\">Under each value its 95 % bootstrap interval over queries.";
        return differences.isEmpty()
                ? values + "</p>\n"
                : values
                        + " Below that the difference from the baseline with its p value (paired randomisation test, Holm's"
                        + " correction over systems); ▲ and ▼ mark corrected p below " + LEVEL
                        + ". The best mean is bold.</p>\n";
    }
}
