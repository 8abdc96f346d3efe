package dev.sidereal.train.negatives.filter;

import dev.sidereal.core.Qrels;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.Corpus;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.QueryContext;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes out documents that answer dev or test queries, by text: a model that is trained to push them away has seen the
 * answers. Mining from a whole corpus does so unless this filter is there.
 */
public final class HeldOutPositives implements NegativeFilter {
    private final Set<Long> texts = new HashSet<>();

    /**
     * Makes a filter.
     *
     * @param qrels judgments of dev or test; items that are not in the corpus do not matter
     */
    public HeldOutPositives(Corpus corpus, Qrels qrels) {
        for (Map<String, Integer> grades : qrels.grades().values()) {
            grades.forEach((id, grade) -> {
                int document = corpus.find(id);
                if (grade > 0 && document >= 0) {
                    texts.add(corpus.textHash(document));
                }
            });
        }
    }

    @Override
    public String name() {
        return "held-out";
    }

    @Override
    public Stage stage() {
        return Stage.HELD_OUT;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        return Filtered.where(pool, c -> !texts.contains(c.textHash(context.corpus())));
    }

    @Override
    public String toString() {
        return "held-out[" + texts.size() + " texts, "
                + texts.stream().mapToLong(Long::longValue).sum() + "]";
    }
}
