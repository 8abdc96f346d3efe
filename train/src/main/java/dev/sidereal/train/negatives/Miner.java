package dev.sidereal.train.negatives;

import dev.sidereal.core.Progress;
import dev.sidereal.core.artifact.ContentHash;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.negatives.NegativeFilter.Filtered;
import dev.sidereal.train.negatives.NegativeFilter.Stage;
import dev.sidereal.train.negatives.source.UniformSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Mines negatives: takes queries a block at a time and hands on each result at once, so that memory is that of one block's
 * pools. The result is a function of corpus, models, strategy, settings and the queries, and does not depend on the size of
 * a block. An instance may be used by one thread at a time.
 */
public final class Miner {
    private static final int FILL_FACTOR = 4;

    private final Corpus corpus;
    private final NegativeStrategy strategy;
    private final MiningSettings settings;

    /** Makes a miner. */
    public Miner(Corpus corpus, NegativeStrategy strategy, MiningSettings settings) {
        this.corpus = corpus;
        this.strategy = strategy;
        this.settings = settings;
    }

    /**
     * Mines.
     *
     * @param queries read once
     * @param sink receives each query's result, in order
     * @return what happened
     * @throws BadInput if there are no queries, a positive is not in the corpus, or a scorer gives no finite score
     */
    public MiningReport mine(Iterator<MiningQuery> queries, Consumer<MinedQuery> sink, Progress progress) {
        MiningTally tally = new MiningTally(settings.negatives());
        ContentHash queryHash = new ContentHash();
        try (Progress.Task task = progress.start("mining " + strategy.name(), -1)) {
            while (queries.hasNext()) {
                List<MiningQuery> block = nextBlock(queries);
                List<List<Candidate>> pools = strategy.source().candidates(block, strategy.pool(), settings.round());
                for (int i = 0; i < block.size(); i++) {
                    MiningQuery query = block.get(i);
                    queryHash.add(query.id()).add(query.text());
                    MinedQuery mined = mine(query, pools.get(i));
                    tally.add(mined);
                    sink.accept(mined);
                }
                task.advance(block.size());
            }
        }
        if (tally.queries() == 0) {
            throw new BadInput("there are no queries to mine negatives for");
        }
        return tally.report(strategy, settings, corpus.hash(), queryHash.hex());
    }

    private List<MiningQuery> nextBlock(Iterator<MiningQuery> queries) {
        List<MiningQuery> block = new ArrayList<>(settings.block());
        while (block.size() < settings.block() && queries.hasNext()) {
            MiningQuery query = queries.next();
            for (int positive : query.positives()) {
                if (positive < 0 || positive >= corpus.size()) {
                    throw new BadInput("query '" + query.id() + "' names document number " + positive
                            + " as a positive, but the corpus has " + corpus.size() + " documents");
                }
            }
            block.add(query);
        }
        return block;
    }

    private MinedQuery mine(MiningQuery query, List<Candidate> found) {
        List<Candidate> given = new ArrayList<>();
        query.positives().forEach(p -> given.add(Candidate.of(p, 0, 1, "positive")));
        List<Candidate> positives = scored(query, given);
        List<Candidate> pool = scored(query, found);
        QueryContext context = new QueryContext(query, positives, corpus, settings.round());
        Map<String, Integer> drops = new LinkedHashMap<>();
        List<Candidate> relaxed = new ArrayList<>();
        List<Candidate> relabelled = new ArrayList<>(positives);
        boolean givenUp = false;
        for (NegativeFilter filter : strategy.filters()) {
            Filtered filtered = filter.apply(context, pool);
            givenUp |= filtered.queryGivenUp();
            drops.merge(filter.name(), pool.size() - filtered.kept().size(), Integer::sum);
            relabelled.addAll(filtered.positives());
            if (filter.stage().compareTo(Stage.RANK) >= 0 && filter.stage() != Stage.JUDGE) {
                relaxed.addAll(pool);
                relaxed.removeAll(filtered.kept());
                relaxed.removeAll(filtered.positives());
            }
            pool = filtered.kept();
        }
        List<Candidate> negatives = new ArrayList<>();
        if (!pool.isEmpty()) {
            negatives.addAll(strategy.sampler()
                    .pick(context, pool, settings.negatives(), settings.round().random(query.id(), "sample")));
        }
        int picked = negatives.size();
        if (picked < settings.negatives() && !givenUp) {
            negatives.addAll(fill(context, negatives, relaxed, settings.negatives() - picked));
        }
        return new MinedQuery(
                query,
                relabelled,
                negatives,
                !(strategy.scorer() instanceof NoScores),
                found.size(),
                drops,
                negatives.size() - picked);
    }

    private List<Candidate> scored(MiningQuery query, List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return candidates;
        }
        double[] scores = strategy.scorer().score(query, candidates);
        List<Candidate> scored = new ArrayList<>(candidates.size());
        for (int i = 0; i < scores.length; i++) {
            Candidate candidate = candidates.get(i);
            if (!Double.isFinite(scores[i])) {
                throw new BadInput("the scorer '" + strategy.scorer().name() + "' gave " + scores[i] + " for query '"
                        + query.id() + "' and "
                        + (candidate.isWritten()
                                ? "a written text"
                                : "document '" + corpus.id(candidate.document()) + "'")
                        + "; scores must be finite");
            }
            scored.add(candidate.withScore(scores[i]));
        }
        return scored;
    }

    private List<Candidate> fill(QueryContext context, List<Candidate> chosen, List<Candidate> relaxed, int missing) {
        List<Candidate> pool =
                switch (settings.shortfall()) {
                    case FEWER -> List.of();
                    case RELAX -> relaxed(context, relaxed);
                    case RANDOM_FILL -> randoms(context, chosen, missing);
                };
        return pool.subList(0, Math.min(missing, pool.size()));
    }

    private List<Candidate> randoms(QueryContext context, List<Candidate> chosen, int missing) {
        // Room for what the filters take out again: the query's own positives and what it has already.
        int wanted =
                FILL_FACTOR * (missing + chosen.size() + context.positives().size());
        List<Candidate> drawn = new UniformSource("random-fill", corpus.size())
                .candidates(List.of(context.query()), wanted, settings.round())
                .getFirst();
        List<Candidate> pool = new ArrayList<>(chosen);
        pool.addAll(scored(context.query(), drawn));
        for (NegativeFilter filter : strategy.filters()) {
            if (filter.stage().compareTo(Stage.RANK) < 0) {
                pool = new ArrayList<>(filter.apply(context, pool).kept());
            }
        }
        pool.removeAll(chosen);
        return pool;
    }

    private List<Candidate> relaxed(QueryContext context, List<Candidate> dropped) {
        List<Candidate> pool = dropped.stream()
                .sorted(Comparator.comparingDouble(Candidate::score))
                .toList();
        for (NegativeFilter filter : strategy.filters()) {
            if (filter.stage() == Stage.JUDGE) {
                pool = filter.apply(context, pool).kept();
            }
        }
        return pool;
    }
}
