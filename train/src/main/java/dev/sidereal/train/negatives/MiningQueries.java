package dev.sidereal.train.negatives;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import dev.sidereal.core.error.BadInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the queries of a training split. */
public final class MiningQueries {
    private MiningQueries() {}

    /**
     * {@return queries with their positives, those with a grade above 0; queries without one are left out}
     *
     * @throws BadInput if a positive is not in the corpus, or no query has one
     */
    public static List<MiningQuery> of(List<Query> queries, Qrels qrels, Corpus corpus) {
        List<MiningQuery> mined = new ArrayList<>();
        for (Query query : queries) {
            List<Integer> positives = new ArrayList<>();
            for (Map.Entry<String, Integer> judged : qrels.of(query.id()).entrySet()) {
                if (judged.getValue() > 0) {
                    positives.add(resolve(query, judged.getKey(), corpus));
                }
            }
            if (!positives.isEmpty()) {
                mined.add(new MiningQuery(query.id(), query.text(), positives));
            }
        }
        if (mined.isEmpty()) {
            throw new BadInput(
                    "none of the " + queries.size() + " queries has a positive; a grade above 0 is expected");
        }
        return List.copyOf(mined);
    }

    private static int resolve(Query query, String id, Corpus corpus) {
        int document = corpus.find(id);
        if (document < 0) {
            throw new BadInput("query '" + query.id() + "' has the positive '" + id + "', but the corpus of "
                    + corpus.size() + " documents has no such id; judgments and corpus do not belong together");
        }
        return document;
    }
}
