package dev.sidereal.train;

/** How good a model is on data that it is not trained on; higher is better. */
public interface DevMeasure {
    /** {@return its name as tables print it, for example {@code ndcg@10}} */
    String name();

    /** {@return its value now, of vectors scaled to unit length} */
    double of(Embedder embedder);
}
