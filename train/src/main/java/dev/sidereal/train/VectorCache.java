package dev.sidereal.train;

import dev.sidereal.core.Encoder.Role;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Vectors of texts up to a size in memory; the least recently used go first. */
final class VectorCache {
    /** What the map and its objects take for an entry, about. */
    private static final int OVERHEAD = 120;

    private final long most;
    private final Map<Key, float[]> vectors = new LinkedHashMap<>(16, .75f, true);
    private long bytes;

    VectorCache(long most) {
        this.most = most;
    }

    private record Key(Role role, String text) {
        long bytes(float[] vector) {
            return OVERHEAD + 2L * text.length() + 4L * vector.length;
        }
    }

    float @Nullable [] get(Role role, String text) {
        return vectors.get(new Key(role, text));
    }

    void put(Role role, String text, float[] vector) {
        Key key = new Key(role, text);
        float[] old = vectors.put(key, vector);
        bytes += key.bytes(vector) - (old == null ? 0 : key.bytes(old));
        Iterator<Map.Entry<Key, float[]>> oldest = vectors.entrySet().iterator();
        while (bytes > most && oldest.hasNext()) {
            Map.Entry<Key, float[]> entry = oldest.next();
            bytes -= entry.getKey().bytes(entry.getValue());
            oldest.remove();
        }
    }

    /** {@return what is held, about} */
    long bytes() {
        return bytes;
    }
}
