package dev.sidereal.eval.measure;

/**
 * Share of the preferences of relevant over judged irrelevant documents that the ranking keeps; what is not judged is
 * left out. trec_eval: {@code bpref}.
 */
record Bpref(Level level) implements Measure {
    @Override
    public String name() {
        return "bpref" + level.suffix();
    }

    @Override
    public String citation() {
        return "Buckley and Voorhees, Retrieval evaluation with incomplete information, SIGIR 2004, in the form of"
                + " trec_eval 8 and later";
    }

    @Override
    public double of(Ranking ranking) {
        int relevant = ranking.relevant(level.grade());
        int notRelevant = ranking.notRelevant(level.grade());
        int above = 0;
        double sum = 0;
        for (int i = 0; i < ranking.size(); i++) {
            int grade = ranking.grade(i);
            if (grade >= level.grade()) {
                sum += above == 0 ? 1 : 1 - (double) Math.min(above, relevant) / Math.min(notRelevant, relevant);
            } else if (grade >= 0) {
                above++;
            }
        }
        return relevant == 0 ? 0 : sum / relevant;
    }
}
