package dev.sidereal.eval.measure;

import java.util.Locale;

/**
 * Counts that are summed over queries. trec_eval: {@code num_q}, {@code num_ret}, {@code num_rel},
 * {@code num_rel_ret}.
 */
record Count(Kind kind, Level level) implements Measure {
    enum Kind {
        NUM_Q,
        NUM_RET,
        NUM_REL,
        NUM_REL_RET
    }

    @Override
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT) + level.suffix();
    }

    @Override
    public String citation() {
        return "as in trec_eval";
    }

    @Override
    public Aggregate aggregate() {
        return Aggregate.SUM;
    }

    @Override
    public double of(Ranking ranking) {
        return switch (kind) {
            case NUM_Q -> 1;
            case NUM_RET -> ranking.size();
            case NUM_REL -> ranking.relevant(level.grade());
            case NUM_REL_RET -> ranking.found(ranking.size(), level.grade());
        };
    }
}
