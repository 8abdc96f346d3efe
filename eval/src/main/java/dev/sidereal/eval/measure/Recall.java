package dev.sidereal.eval.measure;

/**
 * Share of the relevant documents that are among the first k results, 0 if nothing is relevant. trec_eval:
 * {@code recall_k}.
 */
record Recall(Cutoff cutoff, Level level) implements Measure {
    @Override
    public String name() {
        return "recall" + cutoff.suffix() + level.suffix();
    }

    @Override
    public String citation() {
        return "Buckley and Voorhees, Retrieval system evaluation, in TREC: Experiment and Evaluation in Information"
                + " Retrieval, 2005";
    }

    @Override
    public double of(Ranking ranking) {
        int relevant = ranking.relevant(level.grade());
        return relevant == 0 ? 0 : (double) ranking.found(cutoff.k(), level.grade()) / relevant;
    }
}
