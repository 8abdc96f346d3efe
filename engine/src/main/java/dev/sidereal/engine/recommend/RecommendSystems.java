package dev.sidereal.engine.recommend;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.Progress;
import dev.sidereal.core.RecommendRequest.Seen;
import dev.sidereal.engine.OpenEncoder;
import dev.sidereal.recommend.ItemScorer;
import dev.sidereal.recommend.RecommendEvaluation;
import dev.sidereal.recommend.baseline.Adjacency;
import dev.sidereal.recommend.baseline.AdjacencyTuning;
import dev.sidereal.recommend.baseline.Bm25Content;
import dev.sidereal.recommend.baseline.ContentSimilarity;
import dev.sidereal.recommend.baseline.ItemKnn;
import dev.sidereal.recommend.baseline.Mixture;
import dev.sidereal.recommend.baseline.Mixture.Part;
import dev.sidereal.recommend.baseline.Popularity;
import dev.sidereal.recommend.baseline.SasRec;
import dev.sidereal.recommend.baseline.SasRecFolder;
import dev.sidereal.recommend.baseline.SasRecTraining;
import dev.sidereal.recommend.log.RecommendData;
import dev.sidereal.recommend.log.Sequences;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Fits systems by name, each once, and knows what that took. Used by one study; not thread-safe. */
final class RecommendSystems implements AutoCloseable {
    /** Similarities lie close together: their softmax is taken at a temperature of a twentieth. */
    private static final double SHARPNESS = 20;

    private static final int BATCH = 256;

    private final RecommendData data;
    private final Seen seen;
    private final RecommendStudySettings settings;
    private final Progress progress;
    private final Consumer<String> say;
    private final Map<String, ItemScorer> fitted = new HashMap<>();
    private final Map<String, Double> seconds = new HashMap<>();
    private final Map<String, String> chosen = new LinkedHashMap<>();
    private final List<Runnable> open = new ArrayList<>();

    RecommendSystems(
            RecommendData data, Seen seen, RecommendStudySettings settings, Progress progress, Consumer<String> say) {
        this.data = data;
        this.seen = seen;
        this.settings = settings;
        this.progress = progress;
        this.say = say;
    }

    /** {@return the system, fitted} */
    ItemScorer get(String name) {
        ItemScorer held = fitted.get(name);
        if (held != null) {
            return held;
        }
        long start = System.nanoTime();
        ItemScorer scorer = fit(name);
        fitted.put(name, scorer);
        seconds.putIfAbsent(name, (System.nanoTime() - start) / 1e9);
        return scorer;
    }

    /** {@return what fitting took, parts of a mixture included; of a model that was kept, what it took then} */
    double seconds(String name) {
        return seconds.getOrDefault(name, 0.0);
    }

    /** {@return what was chosen on the validation part, in words by name} */
    Map<String, String> chosen() {
        return chosen;
    }

    private ItemScorer fit(String name) {
        int items = data.index().size();
        Sequences train = data.split().fit(settings.fit());
        return switch (name) {
            case "popularity" -> Popularity.fit(train, items);
            case "itemknn" -> ItemKnn.fit(train, items);
            case "adjacency" -> Adjacency.fit(train, items, Adjacency.Settings.PLAIN);
            case "adjacency-tuned" -> tunedAdjacency(items);
            case "sasrec" -> sasrec(items);
            case "content" -> content();
            case "bm25" ->
                Bm25Content.of(
                        data.items().stream().map(RecommendSystems::words).toList());
            case "adjacency-content" -> mixture(name, List.of("adjacency", "content"));
            case "mixture" -> mixture(name, List.of("sasrec", "adjacency", "content"));
            default -> throw new IllegalArgumentException("there is no system " + name);
        };
    }

    private ItemScorer tunedAdjacency(int items) {
        Adjacency.Settings best = AdjacencyTuning.best(
                data.split().train(), items, data.split().validation(), RecommendEvaluation.of(seen), progress);
        chosen.put("adjacency-tuned", best.toString());
        return Adjacency.fit(data.split().fit(settings.fit()), items, best);
    }

    private ItemScorer sasrec(int items) {
        Path workspace = settings.workspace();
        Path folder = workspace == null
                ? null
                : workspace
                        .resolve("models")
                        .resolve("sasrec-" + data.name() + "-"
                                + settings.sasrec().seed());
        if (folder != null && Files.exists(folder)) {
            SasRecFolder kept = SasRecFolder.open(folder, settings.sasrec(), data.hash());
            say.accept("SASRec was trained before and is taken from " + folder);
            seconds.put("sasrec", kept.seconds());
            open.add(kept.model()::close);
            return kept.model();
        }
        SasRecTraining.Result trained = new SasRecTraining(data.split(), items, seen, settings.sasrec())
                .train(progress, epoch -> say.accept(epoch.toString()));
        SasRec model = trained.model();
        open.add(model::close);
        seconds.put("sasrec", trained.seconds());
        if (folder != null) {
            SasRecFolder.write(folder, trained, data.hash());
        }
        return model;
    }

    private ItemScorer content() {
        List<String> titles = data.titles();
        float[][] vectors = new float[titles.size()][];
        try (OpenEncoder encoder = OpenEncoder.of(settings.encoder());
                Progress.Task task = progress.start("encoding titles", titles.size())) {
            for (int from = 0; from < vectors.length; from += BATCH) {
                List<String> batch = titles.subList(from, Math.min(from + BATCH, vectors.length));
                float[][] encoded = encoder.encode(Role.DOCUMENT, batch).vectors();
                System.arraycopy(encoded, 0, vectors, from, encoded.length);
                task.advance(encoded.length);
            }
        }
        ContentSimilarity content = ContentSimilarity.of(vectors, ContentSimilarity.Settings.PLAIN);
        open.add(content::close);
        return content;
    }

    private ItemScorer mixture(String name, List<String> parts) {
        long start = System.nanoTime();
        double earlier = 0;
        List<Part> scorers = new ArrayList<>();
        for (String part : parts) {
            boolean fresh = !fitted.containsKey(part);
            long before = System.nanoTime();
            scorers.add(new Part(part, get(part), sharpness(part)));
            // What a part took counts once, whether it was fitted for this mixture or for a row of its own.
            earlier += seconds(part) - (fresh ? (System.nanoTime() - before) / 1e9 : 0);
        }
        Mixture mixture = Mixture.tuned(
                scorers, RecommendEvaluation.of(seen), data.split().validation(), progress);
        chosen.put(name, mixture.described());
        seconds.put(name, (System.nanoTime() - start) / 1e9 + earlier);
        return mixture;
    }

    private static double sharpness(String part) {
        return switch (part) {
            case "sasrec" -> 1;
            case "content" -> SHARPNESS;
            default -> 0;
        };
    }

    /** The title and every keyword of an item. */
    private static String words(Item item) {
        StringBuilder words = new StringBuilder(item.title());
        for (FieldValue value : item.fields().values()) {
            switch (value) {
                case FieldValue.Keyword(String keyword) -> words.append(' ').append(keyword);
                case FieldValue.Keywords(var keywords) -> words.append(' ').append(String.join(" ", keywords));
                default -> {}
            }
        }
        return words.toString();
    }

    @Override
    public void close() {
        open.forEach(Runnable::run);
    }
}
