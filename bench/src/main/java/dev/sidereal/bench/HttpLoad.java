package dev.sidereal.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Many clients at once that search a server and write to it, each waiting for its answer. For one run. */
final class HttpLoad {
    private static final int FAILED = -1;

    private final URI base;
    private final List<String> queries;
    private final String prefix;
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final Map<Integer, AtomicLong> statuses = new ConcurrentSkipListMap<>();
    private final Map<String, Queue<Long>> nanos = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    /**
     * @param base address of the server, with a slash at its end
     * @param queries that are asked in turn
     * @param prefix of the ids that are written
     */
    HttpLoad(URI base, List<String> queries, String prefix) {
        this.prefix = prefix;
        this.base = base;
        this.queries = List.copyOf(queries);
    }

    /**
     * Runs the clients.
     *
     * @param writes how many of a hundred requests write a new item
     */
    void run(int clients, Duration time, int writes) {
        long end = System.nanoTime() + time.toNanos();
        try (HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < clients; client++) {
                int first = client;
                var _ = pool.submit(() -> {
                    for (int i = first; System.nanoTime() < end && broken.size() < clients; i++) {
                        if (i % 100 < writes) {
                            write(http, prefix + "-" + ids.incrementAndGet());
                        } else {
                            search(http, queries.get(i % queries.size()));
                        }
                    }
                });
            }
        }
    }

    private void write(HttpClient http, String id) {
        String body = "{\"title\":\"" + id + "\",\"text\":\"written under load\"}";
        HttpRequest request = HttpRequest.newBuilder(base.resolve("api/v1/documents/" + id))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        if (send(http, request, "write") == 201) {
            acknowledged.add(id);
        }
    }

    private void search(HttpClient http, String query) {
        URI uri = base.resolve("api/v1/search?q=" + query.replace(' ', '+'));
        int _ = send(http, HttpRequest.newBuilder(uri).build(), "search");
    }

    private int send(HttpClient http, HttpRequest request, String kind) {
        long start = System.nanoTime();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            statuses.computeIfAbsent(status, s -> new AtomicLong()).incrementAndGet();
            if (status < 300) {
                nanos.computeIfAbsent(kind, k -> new ConcurrentLinkedQueue<>()).add(System.nanoTime() - start);
            }
            return status;
        } catch (IOException e) {
            broken.add(String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return FAILED;
    }

    /** {@return ids whose write was answered with success; grows while the load runs} */
    Queue<String> acknowledged() {
        return acknowledged;
    }

    /** {@return what came instead of a response} */
    Queue<String> broken() {
        return broken;
    }

    /** {@return status to number of responses} */
    Map<Integer, AtomicLong> statuses() {
        return statuses;
    }

    /**
     * {@return milliseconds that the given share of the successful requests took at most}
     *
     * @param kind {@code search} or {@code write}
     * @param share from 0 to 1
     */
    double millis(String kind, double share) {
        long[] sorted = nanos.getOrDefault(kind, new ConcurrentLinkedQueue<>()).stream()
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] / 1e6;
    }

    /** {@return how many requests of a kind succeeded} */
    int succeeded(String kind) {
        return nanos.getOrDefault(kind, new ConcurrentLinkedQueue<>()).size();
    }
}
