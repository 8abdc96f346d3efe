package dev.sidereal.eval.measure;

/** A measure that reads the run in another order than trec_eval's. */
record Ordered(Measure measure, Ties ties) implements Measure {
    @Override
    public String name() {
        String name = measure.name();
        String setting = "ties=" + ties.label();
        return name.endsWith(")")
                ? name.substring(0, name.length() - 1) + "," + setting + ")"
                : name + "(" + setting + ")";
    }

    @Override
    public String citation() {
        return measure.citation();
    }

    @Override
    public Aggregate aggregate() {
        return measure.aggregate();
    }

    @Override
    public double of(Ranking ranking) {
        return measure.of(ranking);
    }
}
