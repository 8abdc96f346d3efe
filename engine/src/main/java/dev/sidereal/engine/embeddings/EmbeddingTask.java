package dev.sidereal.engine.embeddings;

import dev.sidereal.core.Encoder.Role;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
     * {@return what the vectors are good for}
     *
     * @param vectors of each side, {@code float[texts][dims]} of unit length
     */
    Finding measure(List<float[][]> vectors);

    /**
     * How good vectors are at a task.
     *
     * @param measures name to value, more is better
     * @param run what was found for each query, null for tasks without queries
     */
    record Finding(Map<String, Double> measures, @Nullable StudyRun run) {
        static Finding of(Map<String, Double> measures) {
            return new Finding(measures, null);
        }
    }

    /** Texts of one role. */
    record Side(Role role, List<String> texts) {
        public Side {
            texts = List.copyOf(texts);
        }
    }
}
