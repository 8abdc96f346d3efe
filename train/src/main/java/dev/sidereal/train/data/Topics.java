package dev.sidereal.train.data;

import dev.sidereal.core.error.BadConfig;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Batches of one topic, so that other rows' positives are hard negatives for free. Sources: Hofstaetter et al., TAS, arXiv
 * 2104.06967, section 3.1, with topics of queries; Merrick, arXiv 2407.18887, with topics of what is found.
 *
 * <p>Differs: what is left of topics after whole batches makes mixed batches rather than short ones, so that the number of
 * negatives is the same throughout; each example comes once an epoch.
 */
public final class Topics implements BatchComposer {
    private final IdentityHashMap<Example, Integer> topics = new IdentityHashMap<>();
    private final int hash;

    /**
     * Makes a composer.
     *
     * @param topics one for each example of the dataset
     * @throws BadConfig if there are more or fewer
     */
    public Topics(Dataset dataset, int[] topics) {
        List<Example> examples = dataset.examples();
        if (topics.length != examples.size()) {
            throw new BadConfig(dataset.name() + " has " + examples.size() + " examples, and there are " + topics.length
                    + " topics; give one for each.");
        }
        for (int i = 0; i < topics.length; i++) {
            this.topics.put(examples.get(i), topics[i]);
        }
        hash = Arrays.hashCode(topics);
    }

    @Override
    public List<List<Example>> groups(List<Example> shuffled) {
        Map<Integer, List<Example>> groups = new TreeMap<>();
        for (Example example : shuffled) {
            groups.computeIfAbsent(topics.getOrDefault(example, 0), _ -> new java.util.ArrayList<>())
                    .add(example);
        }
        return List.copyOf(groups.values());
    }

    @Override
    public String toString() {
        return " in topics " + Integer.toHexString(hash);
    }
}
