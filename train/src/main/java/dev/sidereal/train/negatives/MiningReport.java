package dev.sidereal.train.negatives;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What mining did. Each candidate of the pool was dropped by one filter or was left for the sampler.
 *
 * @param strategy its name
 * @param key hash of corpus, queries, strategy and settings: equal keys mean equal negatives
 * @param queries how many
 * @param asked negatives asked a query
 * @param pool candidates the source gave, all queries
 * @param drops filter to candidates it took out, in the order they ran
 * @param emptied filter to queries that it left without any candidate
 * @param chosen negatives in all
 * @param filled of them, how many the shortfall's rule gave
 * @param shortQueries queries with fewer than asked before the shortfall's rule
 * @param emptyQueries queries without a negative after it
 * @param relabelled candidates that became positives
 * @param meanRank mean rank of the negatives in their source
 * @param meanMargin mean of lowest positive score minus negative score; 0 without scores
 * @param scores the negatives' scores; empty without a scorer
 */
public record MiningReport(
        String strategy,
        String key,
        long queries,
        int asked,
        long pool,
        Map<String, Long> drops,
        Map<String, Long> emptied,
        long chosen,
        long filled,
        long shortQueries,
        long emptyQueries,
        long relabelled,
        double meanRank,
        double meanMargin,
        ScoreHistogram scores) {
    private static final double MANY = 0.01;

    public MiningReport {
        drops = Collections.unmodifiableMap(new LinkedHashMap<>(drops));
        emptied = Collections.unmodifiableMap(new LinkedHashMap<>(emptied));
    }

    /** {@return what the user should know before training, one sentence each; empty if all is well} */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        emptied.forEach((filter, count) -> {
            if (count > MANY * queries) {
                warnings.add("the filter '" + filter + "' leaves no candidate for " + count + " of " + queries
                        + " queries (" + percent(count) + "): loosen it or take a larger pool");
            }
        });
        if (shortQueries > MANY * queries) {
            warnings.add(shortQueries + " of " + queries + " queries (" + percent(shortQueries) + ") have fewer than "
                    + asked + " negatives: loosen the filters, take a larger pool or choose a rule for the shortfall");
        }
        if (emptyQueries > 0) {
            warnings.add(emptyQueries + " of " + queries + " queries (" + percent(emptyQueries)
                    + ") have no negative at all and are left out of n-tuple exports");
        }
        return List.copyOf(warnings);
    }

    /** {@return the report as JSON with the components' names in snake case} */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("strategy", strategy).put("key", key).put("queries", queries).put("asked", asked);
        json.put("pool", pool);
        drops.forEach(json.putObject("drops")::put);
        emptied.forEach(json.putObject("emptied")::put);
        json.put("chosen", chosen).put("filled", filled);
        json.put("short_queries", shortQueries).put("empty_queries", emptyQueries);
        json.put("relabelled", relabelled).put("mean_rank", meanRank).put("mean_margin", meanMargin);
        ObjectNode histogram = json.putObject("scores");
        histogram.put("width", scores.width());
        ObjectNode counts = histogram.putObject("counts");
        scores.counts().forEach((edge, count) -> counts.put(Double.toString(edge), count));
        warnings().forEach(json.putArray("warnings")::add);
        return json;
    }

    private String percent(long part) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / queries);
    }
}
