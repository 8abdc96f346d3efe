package dev.sidereal.eval.measure;

/**
 * Normalised discounted cumulative gain with the discount log2(rank + 1), the ideal over all judged documents of the
 * query. trec_eval: {@code ndcg}, {@code ndcg_cut_k}.
 */
record Ndcg(Cutoff cutoff, Gain gain) implements Measure {
    @Override
    public String name() {
        return "ndcg" + cutoff.suffix() + (gain == Gain.LINEAR ? "" : "(gain=" + gain.label() + ")");
    }

    @Override
    public String citation() {
        return "Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4), 2002";
    }

    @Override
    public double of(Ranking ranking) {
        double dcg = 0;
        for (int i = 0; i < cutoff.of(ranking.size()); i++) {
            if (ranking.grade(i) > 0) {
                dcg += gain.of(ranking.grade(i)) / Log2.of(i + 2);
            }
        }
        double ideal = 0;
        for (int i = 0; i < cutoff.k() && ranking.idealGrade(i) > 0; i++) {
            ideal += gain.of(ranking.idealGrade(i)) / Log2.of(i + 2);
        }
        return ideal > 0 ? dcg / ideal : 0;
    }
}
