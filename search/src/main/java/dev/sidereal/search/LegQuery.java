package dev.sidereal.search;

import dev.sidereal.core.Encoder;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/** A call as legs see it. Thread-safe. */
final class LegQuery {
    private final View view;
    private final String text;
    private final @Nullable Query filter;
    private float @Nullable [] vector;

    /**
     * @param view what the principal may read
     * @param text what is asked
     * @param filter what the request admits, or null for everything
     */
    LegQuery(View view, String text, @Nullable Query filter) {
        this.view = view;
        this.text = text;
        this.filter = filter;
    }

    View view() {
        return view;
    }

    String text() {
        return text;
    }

    @Nullable
    Query filter() {
        return filter;
    }

    /** {@return the vector of the text, encoded once a call} */
    synchronized float[] vector(Encoder encoder) {
        if (vector == null) {
            vector = TimedEncoding.of(encoder, text, view.deadline());
        }
        return vector;
    }
}
