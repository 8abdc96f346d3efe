package dev.sidereal.eval.measure;

/** 1 if there is a relevant result among the first k, else 0. trec_eval: {@code success_k}. */
record Success(Cutoff cutoff, Level level) implements Measure {
    @Override
    public String name() {
        return "success" + cutoff.suffix() + level.suffix();
    }

    @Override
    public String citation() {
        return "Tomlinson, as in trec_eval 9";
    }

    @Override
    public double of(Ranking ranking) {
        return ranking.found(cutoff.k(), level.grade()) > 0 ? 1 : 0;
    }
}
