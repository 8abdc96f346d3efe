package dev.sidereal.eval.measure;

/**
 * A number that says how good the results of one query are. Implementations are immutable and thread-safe.
 *
 * <p>Moving a document with a better grade up a ranking must never make the value worse; the interval over tied
 * documents relies on it.
 */
public interface Measure {
    /** {@return the canonical name with all settings that differ from trec_eval's, such as {@code ndcg@10(gain=exp)}} */
    String name();

    /** {@return who defined the measure and where} */
    String citation();

    /** {@return the value for one query, 0 for an empty ranking unless the measure counts judgments} */
    double of(Ranking ranking);

    /** {@return how values of single queries become one value for the system} */
    default Aggregate aggregate() {
        return Aggregate.MEAN;
    }

    /** {@return the order in which this measure reads documents of equal score} */
    default Ties ties() {
        return Ties.TREC;
    }
}
