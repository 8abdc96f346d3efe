package dev.sidereal.engine;

import dev.sidereal.core.Principal;
import dev.sidereal.core.Progress;
import dev.sidereal.core.SearchRequest;
import dev.sidereal.core.catalogue.Catalogue;
import dev.sidereal.core.catalogue.CatalogueSettings;
import dev.sidereal.core.catalogue.ImportOptions;
import dev.sidereal.core.catalogue.Importers;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.eval.measure.Measures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shipped samples from end to end: Python's documentation becomes a catalogue and an index and answers questions;
 * the Java code search set tells how good each system is on judged queries. Vectors are made here, none are shipped.
 */
public final class QuickStart {
    /** Questions whose answers are in the sample. */
    public static final List<String> QUESTIONS = List.of(
            "how do I sort a list of dicts by a key",
            "read a csv file row by row",
            "run a function in the background and get its result later");

    private static final String DOCS = "python-docs";
    private static final int SHOWN = 3;

    private final Path samples;
    private final Path workspace;
    private final Settings settings;
    private final Progress progress;

    /**
     * @param samples the folder of the shipped samples
     * @param workspace where catalogues and indexes are made and kept
     */
    public QuickStart(Path samples, Path workspace, Settings settings, Progress progress) {
        this.samples = samples;
        this.workspace = workspace;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * What the quick start uses.
     *
     * @param encoder the encoder for both samples
     * @param full whether to take all of Python's documentation instead of its most used pages
     */
    public record Settings(String encoder, boolean full) {
        /** {@return the small int8 encoder and the smaller sample: a minute on two cores} */
        public static Settings quick() {
            return new Settings("minilm-q", false);
        }
    }

    /**
     * What the quick start shows.
     *
     * @param rows systems x measures on the Java code search set
     * @param circumstances of these figures
     * @param answers question to its best results in Python's documentation
     * @param index the index of Python's documentation
     * @param seconds each step took, by its name
     */
    public record Result(
            List<Map<String, Object>> rows,
            Map<String, String> circumstances,
            Map<String, OpenIndex.Answer> answers,
            Path index,
            Map<String, Double> seconds) {}

    /** {@return questions to try on the index of that name: {@link #QUESTIONS} on those of the samples, none on others} */
    public static List<String> questions(String index) {
        return index.equals(DOCS) || index.startsWith(DOCS + "-") ? QUESTIONS : List.of();
    }

    /** Runs it. Killed and started again, it goes on where it was. */
    public Result run() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        String name = settings.full() ? DOCS + "-full" : DOCS;
        Path catalogue = workspace.resolve("catalogues").resolve(name);
        Path index = workspace.resolve("indexes").resolve(name + "-" + settings.encoder());
        timed(seconds, "import", () -> importDocs(samples.resolve(name), catalogue));
        timed(seconds, "index", () -> indexDocs(catalogue, index));
        List<RetrievalStudy.Result> studies = new ArrayList<>();
        timed(seconds, "evaluate", () -> studies.add(study()));
        Map<String, OpenIndex.Answer> answers = new LinkedHashMap<>();
        timed(seconds, "search", () -> ask(index, answers));
        RetrievalStudy.Result study = studies.getFirst();
        return new Result(study.rows(), study.circumstances(), answers, index, seconds);
    }

    private void importDocs(Path sample, Path catalogue) {
        if (Files.exists(catalogue)) {
            return;
        }
        Path items = sample.resolve("items.jsonl.gz");
        if (!Files.exists(items)) {
            throw new BadInput("there is no sample " + items + "; run ./sidereal from a whole checkout");
        }
        Catalogue.write(
                catalogue,
                Importers.named("jsonl").open(items, ImportOptions.defaults()),
                CatalogueSettings.defaults().withLanguage("en"),
                progress);
    }

    private void indexDocs(Path catalogue, Path index) {
        CatalogueIndexing.Settings both =
                new CatalogueIndexing.Settings(List.of("bm25", "dense"), settings.encoder(), false, 0);
        new CatalogueIndexing(Catalogue.open(catalogue), both, progress).run(index);
    }

    private RetrievalStudy.Result study() {
        StudySettings code = new StudySettings(
                samples.resolve("java-code-search"),
                "test",
                List.of(SearchSystem.BM25, SearchSystem.DENSE, SearchSystem.HYBRID),
                settings.encoder(),
                "en",
                Measures.STANDARD,
                100,
                null,
                null,
                null);
        return new RetrievalStudy(code, progress).run();
    }

    private static void ask(Path index, Map<String, OpenIndex.Answer> answers) {
        try (OpenIndex open = OpenIndex.of(index)) {
            for (String question : QUESTIONS) {
                SearchRequest request = SearchRequest.of(question, SHOWN, Principal.anyone());
                answers.put(question, open.search(request, open.bestSystem(), List.of()));
            }
        }
    }

    private static void timed(Map<String, Double> seconds, String step, Runnable work) {
        long start = System.nanoTime();
        work.run();
        seconds.put(step, (System.nanoTime() - start) / 1e9);
    }
}
