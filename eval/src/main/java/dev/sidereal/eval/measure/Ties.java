package dev.sidereal.eval.measure;

import dev.sidereal.core.Run.Scored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The order in which documents of a run are read, and with it what counts as a tie. */
public enum Ties {
    /**
     * By score read as a 32-bit float, highest first, then by id, last first: trec_eval up to 9.0.8, pytrec_eval and
     * ir_measures.
     */
    TREC {
        @Override
        double key(double score) {
            return (float) score;
        }
    },

    /** By score as a 64-bit float, highest first, then by id, last first: trec_eval from 10.0. */
    TREC10 {
        @Override
        double key(double score) {
            return score;
        }
    },

    /** As listed in the run, whatever the scores. */
    RANK {
        @Override
        double key(double score) {
            return score;
        }

        @Override
        List<Scored> order(List<Scored> results) {
            return results;
        }
    };

    /** {@return the name used in measures, lower case} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the score as far as this rule sees it; neighbours of equal key are tied} */
    abstract double key(double score);

    List<Scored> order(List<Scored> results) {
        List<Scored> ordered = new ArrayList<>(results);
        Comparator<Scored> byScore = (a, b) -> {
            double left = key(a.score());
            double right = key(b.score());
            // Not Double.compare: 0.0 and -0.0 are tied.
            return left > right ? -1 : left < right ? 1 : 0;
        };
        ordered.sort(byScore.thenComparing(Scored::itemId, ByteOrder.COMPARATOR.reversed()));
        return ordered;
    }
}
