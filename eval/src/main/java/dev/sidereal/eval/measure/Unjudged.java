package dev.sidereal.eval.measure;

/**
 * Share of the first k places taken by documents that nobody judged; higher means that the other measures know less.
 * trec_eval 10: {@code unj_k}.
 */
record Unjudged(Cutoff cutoff) implements Measure {
    @Override
    public String name() {
        return "unjudged" + cutoff.suffix();
    }

    @Override
    public String citation() {
        return "Soboroff, as in trec_eval 10";
    }

    @Override
    public double of(Ranking ranking) {
        int depth = cutoff.of(ranking.size());
        return (double) (depth - ranking.found(depth, 0)) / cutoff.k();
    }
}
