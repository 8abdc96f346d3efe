package dev.sidereal.engine;

import dev.sidereal.core.Closer;
import dev.sidereal.core.Principal;
import dev.sidereal.core.Progress;
import dev.sidereal.core.Run;
import dev.sidereal.core.SearchRequest;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.format.RetrievalData;
import dev.sidereal.search.Blend;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.IndexSettings;
import dev.sidereal.train.negatives.MinedExport;
import dev.sidereal.train.negatives.MinedQuery;
import dev.sidereal.train.negatives.Miner;
import dev.sidereal.train.negatives.MiningInputs;
import dev.sidereal.train.negatives.MiningInputs.Need;
import dev.sidereal.train.negatives.MiningModels;
import dev.sidereal.train.negatives.MiningQueries;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.MiningReport;
import dev.sidereal.train.negatives.MiningSettings;
import dev.sidereal.train.negatives.NegativeStrategy;
import dev.sidereal.train.negatives.Strategies;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import dev.sidereal.train.negatives.corpus.VectorFile;
import dev.sidereal.train.negatives.score.BiEncoderScorer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Mines negatives for the queries of a data folder into a file. Texts and vectors lie in mapped files; the heap holds the
 * queries, for strategies on BM25 a hundred results of each, and for several strategies at once what they found. What
 * answers the queries of other splits is never taken.
 */
public final class NegativeMining {
    private static final int BATCH = 256;
    private static final int BM25_DEPTH = 120;
    private static final List<Need> FROM_ELSEWHERE = List.of(Need.LIVE, Need.ANSWERS);

    private final Settings settings;
    private final Progress progress;

    /** Makes a run. */
    public NegativeMining(Settings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * What is to be mined.
     *
     * @param data a data folder as it is
     * @param split whose queries get negatives
     * @param strategies at least one; each gives its negatives
     * @param encoder of strategies on vectors: name, folder or address
     * @param models whom strategies ask besides
     * @param export shape of the file
     * @param mining how much
     */
    public record Settings(
            Path data,
            String split,
            List<String> strategies,
            String encoder,
            MiningModels models,
            MinedExport export,
            MiningSettings mining) {
        /** @throws BadConfig if a strategy is unknown, is named twice or needs what mining into a file cannot give */
        public Settings {
            strategies = List.copyOf(strategies);
            if (strategies.isEmpty() || strategies.stream().distinct().count() < strategies.size()) {
                throw new BadConfig("mining needs strategies, each named once; got " + strategies);
            }
            if (strategies.size() > 1 && export.needsScores()) {
                throw new BadConfig(
                        "the shape " + export.shownName() + " holds scores, and those of several strategies are"
                                + " not on one scale; mine with one, or choose another shape");
            }
            for (String strategy : strategies) {
                for (Need need : Strategies.needs(strategy)) {
                    if (FROM_ELSEWHERE.contains(need)) {
                        throw new BadConfig("the strategy '" + strategy + "' needs " + need.words()
                                + ", which mining into a file does not have; use it in a training run of your own");
                    }
                }
            }
            models.requireFit(strategies);
        }

        private boolean needs(Need need) {
            return strategies.stream().anyMatch(name -> Strategies.needs(name).contains(need));
        }
    }

    /**
     * Mines.
     *
     * @param to replaced when all is mined; untouched on failure
     * @return a report a strategy, in order
     * @throws dev.sidereal.core.error.BadInput if the data does not fit or nothing is left to write
     */
    public List<MiningReport> run(Path to) {
        RetrievalData data = RetrievalData.open(settings.data(), settings.split());
        try (Scratch scratch = Scratch.in(null);
                StoredCorpus corpus = StoredCorpus.build(scratch.path().resolve("corpus"), data.items());
                Closer open = new Closer()) {
            List<MiningQuery> queries = MiningQueries.of(data.queries(), data.qrels(), corpus);
            MiningInputs inputs = inputs(data, corpus, queries, scratch.path(), open);
            List<NegativeStrategy> strategies = settings.strategies().stream()
                    .map(name -> Strategies.of(name, inputs))
                    .toList();
            return strategies.size() == 1
                    ? List.of(settings.export()
                            .mine(to, corpus, strategies.getFirst(), settings.mining(), queries.iterator(), progress))
                    : together(to, corpus, strategies, queries);
        }
    }

    private MiningInputs inputs(
            RetrievalData data, StoredCorpus corpus, List<MiningQuery> queries, Path folder, Closer open) {
        // A model that is not there is to be missed before hours of encoding.
        MiningInputs inputs = settings.models()
                .open(corpus, open)
                .apply(MiningInputs.of(corpus, settings.mining().round().seed()));
        int[] counts = new int[corpus.size()];
        queries.forEach(query -> query.positives().forEach(positive -> counts[positive]++));
        inputs.positiveCounts(counts).queries(queries);
        for (String split : data.splits()) {
            if (!split.equals(settings.split())) {
                inputs.heldOut(RetrievalData.open(settings.data(), split).qrels());
            }
        }
        if (settings.needs(Need.DENSE)) {
            inputs.dense(index(settings.encoder(), corpus, folder.resolve("vectors"), open));
        }
        String teacher = settings.models().teacher();
        if (!teacher.isEmpty()) {
            inputs.teacher(new BiEncoderScorer(index(teacher, corpus, folder.resolve("teacher"), open)));
        }
        if (settings.needs(Need.RUN)) {
            inputs.run(bm25(data, queries, folder.resolve("index")));
        }
        return inputs;
    }

    private Run bm25(RetrievalData data, List<MiningQuery> queries, Path folder) {
        CatalogueIndex.create(folder, IndexSettings.words());
        Map<String, List<Run.Scored>> results = new LinkedHashMap<>();
        try (CatalogueIndex index = CatalogueIndex.openForWriting(folder)) {
            new IndexBuild(index, progress).run(data.items(), data.size());
            var retriever = index.retriever("bm25", Blend.only("bm25"));
            try (Progress.Task task = progress.start("searching by words", queries.size())) {
                for (MiningQuery query : queries) {
                    results.put(
                            query.id(),
                            retriever.retrieve(SearchRequest.of(query.text(), BM25_DEPTH, Principal.system())).stream()
                                    .map(hit -> new Run.Scored(hit.id(), hit.score()))
                                    .toList());
                    task.advance(1);
                }
            }
        }
        return new Run("bm25", results);
    }

    /** Several strategies: each query gets the negatives of all, none twice. */
    private List<MiningReport> together(
            Path to, StoredCorpus corpus, List<NegativeStrategy> strategies, List<MiningQuery> queries) {
        List<MiningReport> reports = new ArrayList<>();
        List<MinedQuery> all = new ArrayList<>();
        for (NegativeStrategy strategy : strategies) {
            List<MinedQuery> mined = new ArrayList<>(queries.size());
            reports.add(new Miner(corpus, strategy, settings.mining()).mine(queries.iterator(), mined::add, progress));
            for (int i = 0; i < mined.size(); i++) {
                if (all.size() == i) {
                    all.add(mined.get(i));
                } else {
                    all.set(i, all.get(i).with(mined.get(i)));
                }
            }
        }
        settings.export().write(to, corpus, settings.mining().negatives() * strategies.size(), all);
        return reports;
    }

    private DenseIndex index(String name, StoredCorpus corpus, Path file, Closer open) {
        OpenEncoder encoder = open.keep(OpenEncoder.of(name));
        return new DenseIndex(encoder, open.keep(VectorFile.encode(file, corpus, encoder, BATCH, progress)));
    }
}
