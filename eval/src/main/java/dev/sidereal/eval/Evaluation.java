package dev.sidereal.eval;

import dev.sidereal.core.error.BadConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured of one system, with all that is needed to read the figures right.
 *
 * @param system the run's name
 * @param averaging over which queries means were taken
 * @param queries how many queries are in the figures
 * @param missing ids of judged queries without results, in byte order
 * @param unjudgedDepth how many results of a query {@code unjudgedRate} looks at
 * @param unjudgedRate share of those results that nobody judged, 0 to 1
 * @param measures in the order asked for
 * @param caveats what to know before trusting the figures
 */
public record Evaluation(
        String system,
        Averaging averaging,
        int queries,
        List<String> missing,
        int unjudgedDepth,
        double unjudgedRate,
        List<Measured> measures,
        List<Caveat> caveats) {
    public Evaluation {
        missing = List.copyOf(missing);
        measures = List.copyOf(measures);
        caveats = List.copyOf(caveats);
    }

    /**
     * Looks up a measure.
     *
     * @param name canonical
     * @throws BadConfig if it was not measured
     */
    public Measured measure(String name) {
        return measures.stream()
                .filter(measured -> measured.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadConfig("'" + name + "' was not measured for " + system + ": there are "
                        + String.join(
                                ", ", measures.stream().map(Measured::name).toList())));
    }

    /** {@return the value of a measure by its canonical name} */
    public double value(String name) {
        return measure(name).value();
    }

    /** {@return {@code system} and one entry a measure, for JSON and tables} */
    public Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("system", system);
        measures.forEach(measured -> row.put(measured.name(), measured.value()));
        return row;
    }
}
