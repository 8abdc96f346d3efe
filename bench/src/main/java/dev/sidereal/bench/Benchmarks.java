package dev.sidereal.bench;

import dev.sidereal.core.error.BadConfig;
import java.util.List;
import java.util.stream.Collectors;

/** The benchmarks by name. */
public final class Benchmarks {
    private static final List<Benchmark> ALL = List.of(
            new EmbedBenchmark(),
            new LmBenchmark(),
            new BeamBenchmark(),
            new TrainStepBenchmark(),
            new DenseBenchmark(),
            new HybridBenchmark(),
            new IndexBenchmark(),
            new ServeBenchmark());

    private Benchmarks() {}

    /** {@return all of them} */
    public static List<Benchmark> all() {
        return ALL;
    }

    /**
     * {@return the one of that name}
     *
     * @throws BadConfig if there is none; the message lists them
     */
    public static Benchmark named(String name) {
        return ALL.stream()
                .filter(b -> b.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadConfig("there is no benchmark '" + name + "'; there are "
                        + ALL.stream().map(Benchmark::name).collect(Collectors.joining(", "))));
    }
}
