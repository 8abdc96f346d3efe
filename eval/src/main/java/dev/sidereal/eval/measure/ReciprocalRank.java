package dev.sidereal.eval.measure;

/** One over the rank of the first relevant result, 0 if there is none. trec_eval: {@code recip_rank}. */
record ReciprocalRank(Cutoff cutoff, Level level) implements Measure {
    @Override
    public String name() {
        return "mrr" + cutoff.suffix() + level.suffix();
    }

    @Override
    public String citation() {
        return "Voorhees, The TREC-8 question answering track report, TREC 1999";
    }

    @Override
    public double of(Ranking ranking) {
        for (int i = 0; i < cutoff.of(ranking.size()); i++) {
            if (ranking.grade(i) >= level.grade()) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }
}
