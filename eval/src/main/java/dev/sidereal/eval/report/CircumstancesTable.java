package dev.sidereal.eval.report;

import dev.sidereal.eval.Circumstances;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** How each run came about; names whose values differ are marked. */
record CircumstancesTable(Map<String, Circumstances> bySystem) {
    String html() {
        SortedSet<String> names = new TreeSet<>();
        bySystem.values().forEach(c -> names.addAll(c.values().keySet()));
        if (names.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("""
                <section aria-labelledby="circumstances"><h2 id="circumstances">Circumstances</h2>
                <div class="scroll" role="region" aria-labelledby="circumstances" tabindex="0"><table>
                <thead><tr><th scope="col">Name</th>""");
        bySystem.keySet()
                .forEach(system -> out.append("<th scope=\"col\">")
                        .append(Html.escape(system))
                        .append("</th>"));
        out.append("</tr></thead>\n<tbody>\n");
        for (String name : names) {
            List<String> values = bySystem.values().stream()
                    .map(c -> c.values().getOrDefault(name, "not stated"))
                    .toList();
            boolean differs = values.stream().distinct().count() > 1;
            out.append(differs ? "<tr class=\"differs\">" : "<tr>").append("<th scope=\"row\">");
            out.append(Html.escape(name))
                    .append(differs ? "<small>differs</small>" : "")
                    .append("</th>");
            values.forEach(
                    value -> out.append("<td>").append(Html.escape(value)).append("</td>"));
            out.append("</tr>\n");
        }
        return out.append("</tbody></table></div></section>\n").toString();
    }
}
