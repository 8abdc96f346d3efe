package dev.sidereal.bench;

import dev.sidereal.core.Progress;
import dev.sidereal.engine.OpenEncoder;
import dev.sidereal.engine.Scratch;
import dev.sidereal.search.IndexSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Nearest passages on real embeddings against Lucene and JVector used directly. Each subject searches with the least
 * width that reaches a recall of the ten nearest; one thread; all take turns.
 *
 * <p>The system property {@code sidereal.bench.passages} asks for more passages, 35,000 at most.
 */
final class DenseBenchmark implements Benchmark {
    private static final String ENCODER = "minilm-q";
    private static final int PASSAGES = Integer.getInteger("sidereal.bench.passages", 10_000);
    private static final int QUESTIONS = 500;
    private static final double[] TARGETS = {.95, .99};
    private static final int[] WIDTHS = {
        10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 100, 128, 160, 200, 256, 320, 400, 600, 800
    };
    private static final int PASSES = 7;
    private static final double WARM_UP_SECONDS = 5;

    @Override
    public String name() {
        return "dense";
    }

    @Override
    public String question() {
        return "How fast are the nearest passages found at equal recall, against Lucene and JVector used directly?";
    }

    /** A subject with what it takes to reach one target. */
    private record Setting(Nearest subject, double target, int width, double recall) {}

    @Override
    public BenchResult run(Progress progress) {
        Map<String, String> circumstances = Machine.circumstances();
        VectorSet set = vectors(circumstances);
        IndexSettings.Dense defaults =
                IndexSettings.Dense.defaults(set.encoder().card());
        try (Scratch scratch = Scratch.in(null);
                Nearest graph = ours(set, scratch, "", true, defaults.withExactBelow(0));
                Nearest scan = ours(set, scratch, "exact scan", false, defaults.withExactBelow(Integer.MAX_VALUE));
                Nearest quantised = ours(
                        set,
                        scratch,
                        "quantised",
                        true,
                        defaults.withExactBelow(0).withQuantised(true));
                Nearest lucene = new LuceneNearest(set, scratch.path().resolve("peer"));
                Nearest jvector = new JvectorNearest(set)) {
            List<Nearest> subjects = List.of(graph, scan, quantised, lucene, jvector);
            List<Setting> settings =
                    subjects.stream().flatMap(subject -> settings(subject, set)).toList();
            double[][] times = time(settings, set.questions().size(), progress);
            return result(subjects, settings, times, circumstances);
        }
    }

    private static VectorSet vectors(Map<String, String> circumstances) {
        List<String> passages = SampleTexts.passages(PASSAGES);
        List<String> questions = SampleTexts.questions().subList(0, QUESTIONS);
        circumstances.put("passages", passages.size() + " Java methods and pieces of Python's documentation");
        circumstances.put("questions", questions.size() + " first sentences of Javadoc, of methods that are not there");
        circumstances.put("encoder", ENCODER);
        circumstances.put(
                "compared", "each with the least search width that reaches the recall@10; one thread, in turn");
        circumstances.put(
                "ours",
                "the graph, which is the default above 20,000 passages; the exact scan used below stands beside it."
                        + " From a snapshot to hits with ids, rights checked");
        circumstances.put("lucene", "Lucene99HnswVectorsFormat M 16, build width 100, one segment; numbers, no ids");
        circumstances.put("jvector", "graph in memory, M 16, build width 100, exact scores; numbers, no ids");
        circumstances.put("vs_lucene, vs_jvector", "at recall .99");
        try (OpenEncoder encoder = OpenEncoder.of(ENCODER)) {
            return VectorSet.of(passages, questions, KnownVectors.of(encoder, passages, questions));
        }
    }

    private static Nearest ours(
            VectorSet set, Scratch scratch, String variant, boolean adjustable, IndexSettings.Dense dense) {
        return new OurNearest(
                set, scratch.path().resolve("ours" + variant.replace(' ', '-')), variant, dense, adjustable);
    }

    private static Stream<Setting> settings(Nearest subject, VectorSet set) {
        List<Setting> settings = new ArrayList<>();
        for (double target : TARGETS) {
            Setting cheapest = cheapest(subject, set, target);
            if (cheapest != null) {
                settings.add(cheapest);
            }
        }
        return settings.stream();
    }

    private static @Nullable Setting cheapest(Nearest subject, VectorSet set, double target) {
        for (int width : subject.adjustable() ? WIDTHS : new int[] {WIDTHS[0]}) {
            double recall = set.recall(subject.at(width));
            if (recall >= target) {
                return new Setting(subject, target, width, recall);
            }
        }
        return null;
    }

    /** {@return {@code double[settings][calls]}, milliseconds} */
    private static double[][] time(List<Setting> settings, int questions, Progress progress) {
        List<IntConsumer> calls = new ArrayList<>();
        try (Progress.Task task = progress.start("searches", -1)) {
            for (Setting setting : settings) {
                Nearest.Search search = setting.subject().at(setting.width());
                calls.add(query -> {
                    if (search.top(query).length != VectorSet.NEIGHBOURS) {
                        throw new IllegalStateException("a search found fewer than ten");
                    }
                    task.advance(1);
                });
            }
            return Timing.interleaved(calls, questions, PASSES, WARM_UP_SECONDS);
        }
    }

    private static BenchResult result(
            List<Nearest> subjects, List<Setting> settings, double[][] times, Map<String, String> circumstances) {
        List<BenchResult.Row> rows = new ArrayList<>();
        Map<Nearest, Map<Double, Double>> ms = new LinkedHashMap<>();
        for (Nearest subject : subjects) {
            Map<String, Double> figures = new LinkedHashMap<>();
            for (int i = 0; i < settings.size(); i++) {
                Setting setting = settings.get(i);
                if (setting.subject().equals(subject)) {
                    double median = Timing.quantile(times[i], .5);
                    ms.computeIfAbsent(subject, s -> new LinkedHashMap<>()).put(setting.target(), median);
                    String at = "_at_" + Math.round(100 * setting.target());
                    figures.put("ms", median);
                    figures.put("recall", setting.recall());
                    figures.put("ms" + at, median);
                    figures.put("qps" + at, 1000 / median);
                    figures.put("width" + at, subject.adjustable() ? (double) setting.width() : 0);
                    figures.put("recall" + at, setting.recall());
                }
            }
            figures.put("build_s", subject.buildSeconds());
            figures.put("index_mb", subject.megabytes());
            rows.add(new BenchResult.Row(subject.subject(), subject.variant(), figures));
        }
        return new BenchResult(rows, ratios(ms), List.of(), circumstances);
    }

    private static Map<String, Double> ratios(Map<Nearest, Map<Double, Double>> ms) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        ms.forEach((peer, peerMs) -> ms.forEach((ours, oursMs) -> {
            if (!peer.subject().equals("ours") && ours.subject().equals("ours")) {
                for (double target : TARGETS) {
                    Double theirs = peerMs.get(target);
                    Double own = oursMs.get(target);
                    if (theirs != null && own != null) {
                        ratios.put(ratioName(peer, target, ours), theirs / own);
                    }
                }
            }
        }));
        return ratios;
    }

    /** The harder target and the plain graph have the short name. */
    private static String ratioName(Nearest peer, double target, Nearest ours) {
        return "vs_" + peer.subject()
                + (target == TARGETS[TARGETS.length - 1] ? "" : "_at_" + Math.round(100 * target))
                + (ours.variant().isEmpty() ? "" : "_" + ours.variant().replace(' ', '_'));
    }
}
