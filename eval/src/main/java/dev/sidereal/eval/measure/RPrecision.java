package dev.sidereal.eval.measure;

/** Precision after as many results as there are relevant documents. trec_eval: {@code Rprec}. */
record RPrecision(Level level) implements Measure {
    @Override
    public String name() {
        return "rprec" + level.suffix();
    }

    @Override
    public String citation() {
        return "Buckley and Voorhees, Retrieval system evaluation, in TREC: Experiment and Evaluation in Information"
                + " Retrieval, 2005";
    }

    @Override
    public double of(Ranking ranking) {
        int relevant = ranking.relevant(level.grade());
        return relevant == 0 ? 0 : (double) ranking.found(relevant, level.grade()) / relevant;
    }
}
