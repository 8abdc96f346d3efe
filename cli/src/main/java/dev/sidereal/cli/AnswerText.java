package dev.sidereal.cli;

import dev.sidereal.engine.OpenIndex;
import dev.sidereal.search.Explanation;
import dev.sidereal.search.Facet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Search results for a reader at a terminal. */
final class AnswerText {
    private static final int SHOWN_PARTS = 5;

    private final OpenIndex.Answer answer;

    AnswerText(OpenIndex.Answer answer) {
        this.answer = answer;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (answer.results().isEmpty()) {
            text.append("nothing found");
        }
        for (OpenIndex.Result result : answer.results()) {
            text.append(result.rank() == 1 ? "" : System.lineSeparator());
            append(text, result);
        }
        for (Facet facet : answer.facets()) {
            text.append("%n%s: %s"
                    .formatted(
                            facet.field(),
                            facet.values().stream()
                                    .map(v -> v.value() + " " + v.items())
                                    .collect(Collectors.joining(", "))));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "%n%d shown, %,d items share a word with the query; by %s in %.1f ms",
                        answer.results().size(),
                        answer.matching(),
                        answer.system(),
                        answer.millis()))
                .toString();
    }

    private static void append(StringBuilder text, OpenIndex.Result result) {
        text.append(String.format(
                Locale.ROOT, "%2d. %s", result.rank(), result.title().isEmpty() ? result.id() : result.title()));
        if (!result.heading().isEmpty() && !result.heading().equals(result.title())) {
            text.append(" > ").append(result.heading());
        }
        text.append(String.format(Locale.ROOT, "%n    %s%n", result.id()));
        if (!result.snippet().isEmpty()) {
            text.append("    ").append(result.snippet().replaceAll("\\s+", " ")).append(System.lineSeparator());
        }
        for (Explanation.Leg leg : result.why()) {
            text.append(String.format(
                    Locale.ROOT,
                    "      %-5s %s, score %.3f: %s%n",
                    leg.leg(),
                    leg.rank() == 0 ? "not in its top" : "rank " + leg.rank(),
                    leg.score(),
                    parts(leg.parts())));
        }
    }

    private static String parts(List<Explanation.Part> parts) {
        String shown = parts.stream()
                .limit(SHOWN_PARTS)
                .map(part -> String.format(Locale.ROOT, "%s %.2f", part.what(), part.score()))
                .collect(Collectors.joining(", "));
        return parts.size() <= SHOWN_PARTS
                ? shown
                : shown + String.format(Locale.ROOT, ", %d more", parts.size() - SHOWN_PARTS);
    }
}
