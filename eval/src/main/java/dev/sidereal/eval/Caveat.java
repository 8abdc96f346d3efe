package dev.sidereal.eval;

/** Something a reader must know before trusting a figure. */
public sealed interface Caveat {
    /** {@return the caveat as one sentence} */
    String sentence();

    /**
     * The value depends on the order of documents with equal scores.
     *
     * @param measure the measure's name
     * @param value as reported
     * @param worst value with every tie broken against the system
     * @param best value with every tie broken in its favour
     * @param queries how many queries have such ties
     */
    record TiedScores(String measure, double value, double worst, double best, int queries) implements Caveat {
        @Override
        public String sentence() {
            return measure + " is " + Decimals.four(value) + " but could be anything from "
                    + Decimals.four(Math.min(worst, best))
                    + " to "
                    + Decimals.four(Math.max(worst, best)) + ": " + Plural.of(queries, "query has", "queries have")
                    + " documents of equal score and different grade";
        }
    }

    /**
     * Judged queries without results.
     *
     * @param missing how many
     * @param judged of how many
     * @param example the id of one
     * @param averaging what the mean made of them
     */
    record MissingQueries(int missing, int judged, String example, Averaging averaging) implements Caveat {
        @Override
        public String sentence() {
            return missing + " of " + Plural.of(judged, "judged query", "judged queries")
                    + (missing == 1 ? " has" : " have")
                    + " no results, such as '" + example + "': "
                    + switch (averaging) {
                        case RETRIEVED -> "left out of the mean";
                        case COMPLETE -> "counted as 0";
                    };
        }
    }

    /**
     * Queries with results that nobody judged; no figure contains them.
     *
     * @param count how many
     * @param example the id of one
     */
    record QueriesWithoutJudgments(int count, String example) implements Caveat {
        @Override
        public String sentence() {
            return Plural.of(count, "query of the run has", "queries of the run have") + " no judgments, such as '"
                    + example + "': left out";
        }
    }

    /**
     * Many results were never judged and count as not relevant.
     *
     * @param depth how many results of a query were looked at
     * @param rate share of them without a judgment
     */
    record UnjudgedResults(int depth, double rate) implements Caveat {
        @Override
        public String sentence() {
            return Math.round(100 * rate) + " % of the first " + depth
                    + " results were never judged and count as not relevant";
        }
    }

    /**
     * Results whose listed order contradicts their scores, which trec_eval goes by.
     *
     * @param queries how many queries have them
     */
    record OrderAgainstScores(int queries) implements Caveat {
        @Override
        public String sentence() {
            return Plural.of(queries, "query lists", "queries list")
                    + " results in another order than their scores; measures go by score unless they say ties=rank";
        }
    }

    /**
     * The run's makers named other judgments than those it is measured with here.
     *
     * @param named hash in the run's circumstances
     * @param used hash of the judgments in use
     */
    record OtherJudgments(String named, String used) implements Caveat {
        @Override
        public String sentence() {
            return "the run names judgments " + named + " but is measured with " + used;
        }
    }

    /** Nothing is known about how the run was made. */
    record NoCircumstances() implements Caveat {
        @Override
        public String sentence() {
            return "nothing says how this run was made, so nothing shows that it is like the others";
        }
    }

    /**
     * A difference may come from what was judged rather than from what was found.
     *
     * @param depth how many results of a query were looked at
     * @param baseline share without a judgment in the baseline
     * @param other share without a judgment in the other run
     */
    record UnequalJudging(int depth, double baseline, double other) implements Caveat {
        @Override
        public String sentence() {
            return Math.round(100 * other) + " % of the first " + depth + " results were never judged, against "
                    + Math.round(100 * baseline) + " % of the baseline's: part of the difference may be judging";
        }
    }
}
