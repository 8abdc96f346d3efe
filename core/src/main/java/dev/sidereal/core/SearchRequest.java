package dev.sidereal.core;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.filter.Filter;

/**
 * One search call.
 *
 * @param text what is asked; not blank
 * @param k how many items at most; exactly that many come back if so many match
 * @param principal on whose behalf
 * @param filter which items are considered at all
 * @param deadline until when the caller waits
 */
public record SearchRequest(String text, int k, Principal principal, Filter filter, Deadline deadline) {
    public SearchRequest {
        if (text.isBlank()) {
            throw new BadInput("the query is empty: write at least one word");
        }
        if (k < 1) {
            throw new BadInput("k must be at least 1, got " + k);
        }
    }

    /** A request that waits as long as it takes. */
    public SearchRequest(String text, int k, Principal principal, Filter filter) {
        this(text, k, principal, filter, Deadline.none());
    }

    /** {@return a request without filter} */
    public static SearchRequest of(String text, int k, Principal principal) {
        return new SearchRequest(text, k, principal, Filter.all());
    }

    /** {@return this request with a deadline} */
    public SearchRequest withDeadline(Deadline deadline) {
        return new SearchRequest(text, k, principal, filter, deadline);
    }

    /** {@return this request with another k} */
    public SearchRequest withK(int k) {
        return new SearchRequest(text, k, principal, filter, deadline);
    }
}
