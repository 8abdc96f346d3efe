package dev.sidereal.engine.embeddings;

import dev.sidereal.core.Encoder.Role;
import java.util.List;
import java.util.Map;

/** Something that vectors of texts can be good at. Implementations are immutable. */
public interface EmbeddingTask {
    /** {@return its name in tables: {@code sts}, {@code retrieval}, {@code bitext}, {@code clusters}} */
    String name();

    /** {@return what it is measured on} */
    String data();

    /** {@return hash of what it is measured on} */
    String hash();

    /** {@return the measure that stands for it in a curve} */
    String main();

    /** {@return lists of texts to encode} */
    List<Side> sides();

    /**
     * {@return measure to value, more is better}
     *
     * @param vectors of each side, {@code float[texts][dims]} of unit length
     */
    Map<String, Double> measures(List<float[][]> vectors);

    /** Texts of one role. */
    record Side(Role role, List<String> texts) {
        public Side {
            texts = List.copyOf(texts);
        }
    }
}
