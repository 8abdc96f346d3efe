package dev.sidereal.eval.measure;

/** Share of the first k places with a relevant result; a shorter list is padded. trec_eval: {@code P_k}. */
record Precision(Cutoff cutoff, Level level) implements Measure {
    @Override
    public String name() {
        return "p" + cutoff.suffix() + level.suffix();
    }

    @Override
    public String citation() {
        return "Buckley and Voorhees, Retrieval system evaluation, in TREC: Experiment and Evaluation in Information"
                + " Retrieval, 2005";
    }

    @Override
    public double of(Ranking ranking) {
        return (double) ranking.found(cutoff.k(), level.grade()) / cutoff.k();
    }
}
