package dev.sidereal.recommend;

import dev.sidereal.core.Progress;
import dev.sidereal.core.RecommendRequest.Seen;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.recommend.log.Cases;
import java.util.HashSet;
import java.util.Set;

/**
 * Ranks all items for each case and says where the target stands: never a sample of items, since sampled measures rank
 * systems otherwise than full ones (Krichene and Rendle, KDD 2020).
 *
 * @param seen whether items of a history may come back
 * @param depth how far rankings are looked at, 30 for measures at 30
 * @param batch histories ranked at a time
 */
public record RecommendEvaluation(Seen seen, int depth, int batch) {
    public RecommendEvaluation {
        if (depth < 1 || batch < 1) {
            throw new BadConfig("depth and batch must be 1 or more, got " + depth + " and " + batch);
        }
    }

    /** {@return depth 30, 256 histories at a time} */
    public static RecommendEvaluation of(Seen seen) {
        return new RecommendEvaluation(seen, 30, 256);
    }

    /** Ranks for all cases. */
    public CaseRanks evaluate(SequenceRecommender recommender, Cases cases, Progress progress) {
        int[] ranks = new int[cases.count()];
        long returned = 0;
        long valid = 0;
        long start = System.nanoTime();
        try (Progress.Task task = progress.start("ranking with " + recommender.name(), cases.count())) {
            for (int from = 0; from < ranks.length; from += batch) {
                int to = Math.min(from + batch, ranks.length);
                Histories histories = histories(cases, from, to);
                int[][] items = recommender.rank(histories, depth).items();
                for (int h = 0; h < items.length; h++) {
                    returned += items[h].length;
                    valid += valid(histories, h, items[h]);
                    ranks[from + h] = rank(items[h], cases.targets()[from + h]);
                }
                task.advance(to - from);
            }
        }
        return new CaseRanks(recommender.name(), ranks, depth, returned, valid, (System.nanoTime() - start) / 1e9);
    }

    /** {@return the histories of some cases} */
    public Histories histories(Cases cases, int from, int to) {
        int[][] items = new int[to - from][];
        for (int c = from; c < to; c++) {
            items[c - from] = cases.histories().get(c);
        }
        return new Histories(cases.users().subList(from, to), items, seen, null);
    }

    private static int valid(Histories histories, int history, int[] items) {
        Set<Integer> before = new HashSet<>();
        int valid = 0;
        for (int item : items) {
            valid += item >= 0 && histories.admits(history, item) && before.add(item) ? 1 : 0;
        }
        return valid;
    }

    private static int rank(int[] items, int target) {
        for (int i = 0; i < items.length; i++) {
            if (items[i] == target) {
                return i + 1;
            }
        }
        return 0;
    }
}
