package dev.sidereal.recommend.baseline;

import dev.sidereal.recommend.Histories;
import dev.sidereal.recommend.ItemScorer;
import dev.sidereal.recommend.log.Sequences;
import java.util.Arrays;

/**
 * Item-kNN: the cosine between the sets of users of two items, summed over the items of the history, each counted once.
 * Items that share no user with the history are not recommended. Immutable and thread-safe. Fitting costs the sum of the
 * squared lengths of the sequences, scoring the neighbours of the history.
 *
 * <p>Source: Sarwar et al., Item-based collaborative filtering recommendation algorithms, WWW 2001, section 3.1.1, without
 * a limit on neighbours.
 */
public final class ItemKnn implements ItemScorer {
    private final SparseRows cosines;

    private ItemKnn(SparseRows cosines) {
        this.cosines = cosines;
    }

    /** {@return the neighbours in training sequences of items from 0 to before {@code items}} */
    public static ItemKnn fit(Sequences train, int items) {
        Sequences.Builder builder = new Sequences.Builder();
        for (int s = 0; s < train.count(); s++) {
            builder.add(Arrays.stream(train.get(s)).distinct().toArray());
        }
        Sequences sets = builder.build();
        Occurrences users = Occurrences.of(sets, items);
        float[] factors = new float[items];
        for (int i = 0; i < items; i++) {
            int count = users.offsets()[i + 1] - users.offsets()[i];
            factors[i] = 1 / (float) Math.sqrt(Math.max(1, count));
        }
        return new ItemKnn(SparseRows.square(
                items,
                (row, sums) -> {
                    for (int u = users.offsets()[row]; u < users.offsets()[row + 1]; u++) {
                        int user = users.sequences()[u];
                        for (int p = 0; p < sets.length(user); p++) {
                            sums[sets.item(user, p)]++;
                        }
                    }
                    sums[row] = 0;
                },
                factors));
    }

    @Override
    public int items() {
        return cosines.rows();
    }

    @Override
    public void score(Histories histories, float[][] scores) {
        for (int h = 0; h < histories.count(); h++) {
            float[] sums = scores[h];
            Arrays.fill(sums, 0);
            Arrays.stream(histories.items()[h]).sorted().distinct().forEach(item -> cosines.addRow(item, 1, sums));
            Untold.mark(sums);
        }
    }
}
