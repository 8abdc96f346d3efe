package dev.sidereal.train.negatives;

import dev.sidereal.core.artifact.ContentHash;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what mining does, for its report. Not thread-safe. */
final class MiningTally {
    private final int asked;
    private final Map<String, Long> drops = new LinkedHashMap<>();
    private final Map<String, Long> emptied = new LinkedHashMap<>();
    private final ScoreHistogram.Builder scores = new ScoreHistogram.Builder();
    private long queries;
    private long pool;
    private long chosen;
    private long filled;
    private long shortQueries;
    private long emptyQueries;
    private long relabelled;
    private long ranks;
    private double margins;

    MiningTally(int asked) {
        this.asked = asked;
    }

    long queries() {
        return queries;
    }

    void add(MinedQuery mined) {
        queries++;
        pool += mined.pool();
        chosen += mined.negatives().size();
        filled += mined.filled();
        shortQueries += mined.negatives().size() - mined.filled() < asked ? 1 : 0;
        emptyQueries += mined.negatives().isEmpty() ? 1 : 0;
        relabelled += mined.positives().size() - mined.query().positives().size();
        addDrops(mined);
        double lowest = mined.positives().stream()
                .limit(mined.query().positives().size())
                .mapToDouble(Candidate::score)
                .min()
                .orElseThrow();
        for (Candidate negative : mined.negatives()) {
            ranks += negative.rank();
            if (mined.scored()) {
                scores.add(negative.score());
                margins += lowest - negative.score();
            }
        }
    }

    private void addDrops(MinedQuery mined) {
        int left = mined.pool();
        for (Map.Entry<String, Integer> drop : mined.drops().entrySet()) {
            drops.merge(drop.getKey(), (long) drop.getValue(), Long::sum);
            boolean emptiedNow = left > 0 && left == drop.getValue();
            emptied.merge(drop.getKey(), emptiedNow ? 1L : 0L, Long::sum);
            left -= drop.getValue();
        }
    }

    MiningReport report(NegativeStrategy strategy, MiningSettings settings, String corpusHash, String queryHash) {
        String key = new ContentHash()
                .add(corpusHash)
                .add(queryHash)
                .add(strategy.name())
                .add(strategy.source().fingerprint())
                .add(strategy.scorer().name())
                .add(strategy.filters().toString())
                .add(strategy.sampler().toString())
                .add(strategy.pool() + " " + settings.negatives() + " " + settings.shortfall() + " " + settings.round())
                .hex();
        double each = Math.max(1, chosen);
        ScoreHistogram histogram = scores.build();
        return new MiningReport(
                strategy.name(),
                key,
                queries,
                asked,
                pool,
                drops,
                emptied,
                chosen,
                filled,
                shortQueries,
                emptyQueries,
                relabelled,
                ranks / each,
                histogram.total() == 0 ? 0 : margins / each,
                histogram);
    }
}
