package dev.sidereal.server.frame;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counters of a server in Prometheus's text format. Thread-safe. */
public final class Metrics {
    /** The media type of the format. */
    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double[] SECONDS = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

    private final Map<Request, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final Map<String, Histogram> latencies = new ConcurrentSkipListMap<>();
    private final Map<String, Gauge> gauges = new TreeMap<>();

    private record Request(String endpoint, int status) implements Comparable<Request> {
        @Override
        public int compareTo(Request other) {
            int byName = endpoint.compareTo(other.endpoint);
            return byName != 0 ? byName : Integer.compare(status, other.status);
        }
    }

    private record Gauge(String type, String help, LongSupplier value) {}

    private static final class Histogram {
        private final LongAdder[] buckets = new LongAdder[SECONDS.length + 1];
        private final LongAdder nanos = new LongAdder();

        Histogram() {
            java.util.Arrays.setAll(buckets, i -> new LongAdder());
        }

        void add(long taken) {
            int at = 0;
            while (at < SECONDS.length && taken > SECONDS[at] * 1e9) {
                at++;
            }
            buckets[at].increment();
            nanos.add(taken);
        }
    }

    /** Counts a response. */
    void count(String endpoint, int status, long nanos) {
        requests.computeIfAbsent(new Request(endpoint, status), e -> new LongAdder())
                .increment();
        latencies.computeIfAbsent(endpoint, e -> new Histogram()).add(nanos);
    }

    /** Adds a figure that is asked for when metrics are read. */
    public void gauge(String name, String help, LongSupplier value) {
        gauges.put(name, new Gauge("gauge", help, value));
    }

    /** Adds a figure that only grows, asked for when metrics are read. */
    public void counter(String name, String help, LongSupplier value) {
        gauges.put(name, new Gauge("counter", help, value));
    }

    /** {@return all of them} */
    public String text() {
        StringBuilder out = new StringBuilder();
        head(out, "sidereal_requests_total", "counter", "Responses by endpoint and status.");
        requests.forEach((key, count) -> line(
                out,
                "sidereal_requests_total{endpoint=\"%s\",status=\"%d\"}".formatted(key.endpoint(), key.status()),
                Long.toString(count.sum())));
        head(out, "sidereal_request_seconds", "histogram", "Time from request to response.");
        latencies.forEach((endpoint, histogram) -> append(out, endpoint, histogram));
        gauges.forEach((name, gauge) -> {
            head(out, name, gauge.type(), gauge.help());
            line(out, name, Long.toString(gauge.value().getAsLong()));
        });
        return out.toString();
    }

    private static void append(StringBuilder out, String endpoint, Histogram histogram) {
        long total = 0;
        for (int i = 0; i <= SECONDS.length; i++) {
            total += histogram.buckets[i].sum();
            String bound = i == SECONDS.length ? "+Inf" : Double.toString(SECONDS[i]);
            line(
                    out,
                    "sidereal_request_seconds_bucket{endpoint=\"%s\",le=\"%s\"}".formatted(endpoint, bound),
                    Long.toString(total));
        }
        String label = "{endpoint=\"" + endpoint + "\"}";
        line(
                out,
                "sidereal_request_seconds_sum" + label,
                String.format(Locale.ROOT, "%.6f", histogram.nanos.sum() / 1e9));
        line(out, "sidereal_request_seconds_count" + label, Long.toString(total));
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(name).append(' ').append(value).append('\n');
    }
}
