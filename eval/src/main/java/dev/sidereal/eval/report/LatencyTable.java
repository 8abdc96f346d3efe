package dev.sidereal.eval.report;

import dev.sidereal.eval.Decimals;
import dev.sidereal.eval.Latency;
import java.util.Map;

/** How long single searches took, by system. */
record LatencyTable(Map<String, Latency> latencies) {
    String html() {
        if (latencies.isEmpty()) {
            return "";
        }
        double longest =
                latencies.values().stream().mapToDouble(Latency::p95Ms).max().orElse(1);
        StringBuilder out = new StringBuilder("""
                <section aria-labelledby="latency"><h2 id="latency">Latency</h2>
                <div class="scroll" role="region" aria-labelledby="latency" tabindex="0"><table>
                <thead><tr><th scope="col">System</th><th scope="col" class="n">p50 ms</th>\
                <th scope="col" class="n">p95 ms</th><th scope="col" class="n">Searches</th>\
                <td class="wide"></td></tr></thead>
                <tbody>
                """);
        latencies.forEach((system, latency) -> out.append("""
                <tr><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td><td class="n">%d</td>\
                <td class="wide"><svg viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">\
                <rect class="base" x="0" y="3" width="%s" height="10"/>\
                <rect class="bar" x="0" y="3" width="%s" height="10"/></svg></td></tr>
                """.formatted(
                        Html.escape(system),
                        Decimals.fixed(latency.p50Ms(), 2),
                        Decimals.fixed(latency.p95Ms(), 2),
                        latency.searches(),
                        Html.coordinate(longest == 0 ? 0 : 100 * latency.p95Ms() / longest),
                        Html.coordinate(longest == 0 ? 0 : 100 * latency.p50Ms() / longest))));
        return out.append("""
                </tbody></table></div>
                <p class="note">Single searches one after the other, after warming up. The bar is p50 in colour, p95 in \
                grey.</p></section>
                """).toString();
    }
}
