package dev.sidereal.eval.measure;

import java.util.Locale;

/** Measures of the results as a set, whatever their order. trec_eval: {@code set_P}, {@code set_recall}, {@code set_F}. */
record RetrievedSet(Kind kind, Level level) implements Measure {
    enum Kind {
        SET_P,
        SET_RECALL,
        SET_F
    }

    @Override
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT) + level.suffix();
    }

    @Override
    public String citation() {
        return "van Rijsbergen, Information Retrieval, 2nd edition, 1979";
    }

    @Override
    public double of(Ranking ranking) {
        int found = ranking.found(ranking.size(), level.grade());
        if (found == 0) {
            return 0;
        }
        double precision = (double) found / ranking.size();
        double recall = (double) found / ranking.relevant(level.grade());
        return switch (kind) {
            case SET_P -> precision;
            case SET_RECALL -> recall;
            case SET_F -> 2 * precision * recall / (precision + recall);
        };
    }
}
