package dev.sidereal.server.frame;

import java.time.Duration;

/**
 * What a server takes from one request and from all at once. Over a limit of size it answers 413, of value 422, of
 * number 429.
 *
 * @param bodyBytes of a request with one JSON object, and of one line of many
 * @param bulkBytes of a request with lines
 * @param queryChars of a query
 * @param filterChars of a filter
 * @param window how deep results can be paged through: offset and k together
 * @param texts of one call of the embeddings
 * @param timeout how long a search may take that does not say
 * @param maxTimeout the longest that one may say
 * @param searches under way at the same time
 * @param writes under way at the same time
 * @param patience how long a request waits for its turn before 429
 */
public record Limits(
        int bodyBytes,
        long bulkBytes,
        int queryChars,
        int filterChars,
        int window,
        int texts,
        Duration timeout,
        Duration maxTimeout,
        int searches,
        int writes,
        Duration patience) {
    /** {@return the limits that a server has unless told otherwise} */
    public static Limits standard() {
        return new Limits(
                4 << 20,
                256L << 20,
                2_000,
                4_000,
                1_000,
                256,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Math.max(8, 4 * Runtime.getRuntime().availableProcessors()),
                256,
                Duration.ofSeconds(1));
    }

    /** {@return these limits with other numbers of requests at the same time} */
    public Limits withConcurrency(int searches, int writes, Duration patience) {
        return new Limits(
                bodyBytes,
                bulkBytes,
                queryChars,
                filterChars,
                window,
                texts,
                timeout,
                maxTimeout,
                searches,
                writes,
                patience);
    }

    /** {@return these limits with other sizes of bodies} */
    public Limits withBodies(int bodyBytes, long bulkBytes) {
        return new Limits(
                bodyBytes,
                bulkBytes,
                queryChars,
                filterChars,
                window,
                texts,
                timeout,
                maxTimeout,
                searches,
                writes,
                patience);
    }
}
