package dev.sidereal.train;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Tensor;
import java.util.List;

/** A model that does not change, whose vectors a student is to come near. Not thread-safe. */
public interface Teacher {
    /** No teacher. */
    Teacher NONE = new Teacher() {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public Tensor states(Role role, List<String> texts) {
            throw new BadConfig("There is no teacher to ask.");
        }
    };

    /**
     * {@return a frozen model with its own tokenizer and prompts}
     *
     * @param name tells it from other teachers: a resumed run must have the same
     * @param embedder the caller closes it
     */
    static Teacher of(String name, Embedder embedder, Settings settings) {
        return new FrozenTeacher(name, embedder, settings);
    }

    /**
     * How a teacher works.
     *
     * @param bf16 whether products are computed in bf16
     * @param cacheBytes how much memory its vectors may take, for texts that come again, the least recently used being
     *     dropped. 0 for none: then texts go through together, else one by one, so that no vector depends on the batch
     *     it was made in and a resumed run, whose cache is empty, sees the same to the bit
     */
    record Settings(boolean bf16, long cacheBytes) {
        /** @throws BadConfig if the size of the cache does not fit */
        public Settings {
            if (cacheBytes < 0) {
                throw new BadConfig("A teacher's cache takes at least 0 bytes, got " + cacheBytes + ".");
            }
        }
    }

    /** {@return what tells it from other teachers} */
    String name();

    /** {@return raw vectors without gradients, {@code [texts][dims]}, in {@code F32}} */
    Tensor states(Role role, List<String> texts);
}
