package dev.sidereal.core;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.filter.Filter;
import java.util.ArrayList;
import java.util.List;

/**
 * One recommend call.
 *
 * @param user whose history it is; empty if not known. Says nothing on rights: that is the principal
 * @param history what the user did, oldest first; items that the recommender does not know are passed over
 * @param k how many items at most
 * @param principal on whose behalf
 * @param filter which items are considered at all
 * @param seen whether items of the history may come back
 * @param deadline until when the caller waits
 */
public record RecommendRequest(
        String user,
        List<Interaction> history,
        int k,
        Principal principal,
        Filter filter,
        Seen seen,
        Deadline deadline) {
    public RecommendRequest {
        history = List.copyOf(history);
        if (k < 1) {
            throw new BadInput("k must be at least 1, got " + k);
        }
    }

    /** What happens to items of the history. */
    public enum Seen {
        /** They do not come back: shops of things one buys once. */
        REMOVED,
        /** They may come back: music, groceries. */
        KEPT
    }

    /** {@return a request for a sequence of items without filter, in which what was seen does not come back} */
    public static RecommendRequest of(List<String> items, int k, Principal principal) {
        List<Interaction> history = new ArrayList<>();
        for (String item : items) {
            history.add(Interaction.of("anonymous", item, history.size()));
        }
        return new RecommendRequest("", history, k, principal, Filter.all(), Seen.REMOVED, Deadline.none());
    }

    /** {@return this request with another filter} */
    public RecommendRequest withFilter(Filter filter) {
        return new RecommendRequest(user, history, k, principal, filter, seen, deadline);
    }

    /** {@return this request with another rule for items of the history} */
    public RecommendRequest withSeen(Seen seen) {
        return new RecommendRequest(user, history, k, principal, filter, seen, deadline);
    }

    /** {@return this request with a deadline} */
    public RecommendRequest withDeadline(Deadline deadline) {
        return new RecommendRequest(user, history, k, principal, filter, seen, deadline);
    }
}
