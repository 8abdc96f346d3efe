package dev.sidereal.eval.measure;

/**
 * Precision after each relevant result, summed and divided by the number of relevant documents. trec_eval:
 * {@code map}, {@code map_cut_k}, {@code gm_map}.
 *
 * @param aggregate mean, or geometric mean for {@code gm_map}
 */
record AveragePrecision(Cutoff cutoff, Level level, Aggregate aggregate) implements Measure {
    @Override
    public String name() {
        return (aggregate == Aggregate.GEOMETRIC_MEAN ? "gm_map" : "map") + cutoff.suffix() + level.suffix();
    }

    @Override
    public String citation() {
        return aggregate == Aggregate.GEOMETRIC_MEAN
                ? "Robertson, On GMAP and other transformations, CIKM 2006"
                : "Buckley and Voorhees, Retrieval system evaluation, in TREC: Experiment and Evaluation in Information"
                        + " Retrieval, 2005";
    }

    @Override
    public double of(Ranking ranking) {
        int found = 0;
        double sum = 0;
        for (int i = 0; i < cutoff.of(ranking.size()); i++) {
            if (ranking.grade(i) >= level.grade()) {
                found++;
                sum += (double) found / (i + 1);
            }
        }
        return found == 0 ? 0 : sum / ranking.relevant(level.grade());
    }
}
