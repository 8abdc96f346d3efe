package dev.sidereal.eval;

import dev.sidereal.core.Run.Scored;
import dev.sidereal.eval.measure.Measure;
import dev.sidereal.eval.measure.Ranking;
import dev.sidereal.eval.measure.Ties;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of all measures of one run, gathered query by query. Used by one thread. */
final class Tally {
    /** How many results of a query the unjudged rate looks at. */
    static final int UNJUDGED_DEPTH = 10;

    private final List<Measure> measures;
    private final List<String> queries = new ArrayList<>();
    /** {@code double[measures][queries]}. */
    private final double[][] values;

    private final double[][] worst;
    private final double[][] best;
    private final Map<Ties, Integer> tiedQueries = new EnumMap<>(Ties.class);
    private long seen;
    private long unjudged;

    Tally(List<Measure> measures, int queries) {
        this.measures = measures;
        values = new double[measures.size()][queries];
        worst = new double[measures.size()][queries];
        best = new double[measures.size()][queries];
    }

    /** One ranking with its ties broken as the rule says, against the system, and in its favour. */
    private record Orders(Ranking ruled, Ranking hurt, Ranking flattered) {
        static Orders of(Ranking ranking) {
            return ranking.tied()
                    ? new Orders(ranking, ranking.hurt(), ranking.flattered())
                    : new Orders(ranking, ranking, ranking);
        }

        boolean arbitrary() {
            return hurt != ruled;
        }
    }

    void add(String query, List<Scored> results, Map<String, Integer> judgments) {
        int column = queries.size();
        queries.add(query);
        Map<Ties, Orders> byRule = new EnumMap<>(Ties.class);
        for (int m = 0; m < values.length; m++) {
            Measure measure = measures.get(m);
            Orders orders =
                    byRule.computeIfAbsent(measure.ties(), ties -> Orders.of(Ranking.of(results, judgments, ties)));
            values[m][column] = measure.of(orders.ruled());
            worst[m][column] = orders.arbitrary() ? measure.of(orders.hurt()) : values[m][column];
            best[m][column] = orders.arbitrary() ? measure.of(orders.flattered()) : values[m][column];
            if (m == 0) {
                countUnjudged(orders.ruled());
            }
        }
        byRule.forEach((ties, orders) -> tiedQueries.merge(ties, orders.arbitrary() ? 1 : 0, Integer::sum));
    }

    private void countUnjudged(Ranking ranking) {
        int depth = Math.min(UNJUDGED_DEPTH, ranking.size());
        seen += depth;
        unjudged += depth - ranking.found(depth, 0);
    }

    /** {@return share of the first results that nobody judged, 0 to 1} */
    double unjudgedRate() {
        return seen == 0 ? 0 : (double) unjudged / seen;
    }

    List<Measured> measured() {
        List<Measured> measured = new ArrayList<>();
        for (int m = 0; m < values.length; m++) {
            Measure measure = measures.get(m);
            Map<String, Double> perQuery = new LinkedHashMap<>();
            for (int q = 0; q < queries.size(); q++) {
                perQuery.put(queries.get(q), values[m][q]);
            }
            measured.add(new Measured(
                    measure,
                    measure.aggregate().of(values[m]),
                    measure.aggregate().of(worst[m]),
                    measure.aggregate().of(best[m]),
                    perQuery));
        }
        return measured;
    }

    List<Caveat.TiedScores> tiedScores() {
        return measured().stream()
                .filter(Measured::dependsOnTies)
                .map(m -> new Caveat.TiedScores(
                        m.name(),
                        m.value(),
                        m.worst(),
                        m.best(),
                        tiedQueries.getOrDefault(m.measure().ties(), 0)))
                .toList();
    }
}
