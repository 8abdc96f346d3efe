package dev.sidereal.server;

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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Many clients at once that search and write. */
final class Hammer {
    /** Ids whose write was answered with success. */
    final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    /** Status to number of responses. */
    final Map<Integer, AtomicLong> statuses = new ConcurrentHashMap<>();
    /** Requests that got no response. */
    final Queue<String> broken = new ConcurrentLinkedQueue<>();

    private final URI base;

    Hammer(URI base) {
        this.base = base;
    }

    /** @param writes how many of a hundred requests write */
    void run(int clients, Duration time, int writes) {
        long end = System.nanoTime() + time.toNanos();
        AtomicLong ids = new AtomicLong();
        try (HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < clients; client++) {
                int seed = client;
                pool.submit(() -> {
                    for (int i = seed; System.nanoTime() < end && broken.size() < clients; i++) {
                        if (i % 100 < writes) {
                            write(http, "load-" + ids.incrementAndGet());
                        } else {
                            search(
                                    http,
                                    List.of("list", "page number", "sort dictionaries")
                                            .get(i % 3));
                        }
                    }
                });
            }
        }
    }

    private void write(HttpClient http, String id) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/api/v1/documents/" + id))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"title\":\"" + id + "\",\"text\":\"written under load\"}"))
                .build();
        if (send(http, request) == 201) {
            acknowledged.add(id);
        }
    }

    private void search(HttpClient http, String text) {
        send(
                http,
                HttpRequest.newBuilder(base.resolve("/api/v1/search?q=" + text.replace(" ", "+")))
                        .build());
    }

    private int send(HttpClient http, HttpRequest request) {
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            statuses.computeIfAbsent(status, s -> new AtomicLong()).incrementAndGet();
            return status;
        } catch (IOException e) {
            broken.add(String.valueOf(e));
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
