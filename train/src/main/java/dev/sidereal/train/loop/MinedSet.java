package dev.sidereal.train.loop;

import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.negatives.MiningReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was mined for all queries of a dataset with the model of one step.
 *
 * @param step of the model
 * @param vectors hash of the documents' vectors it was mined by; empty if it was mined without
 * @param byQuery query id to what was mined
 * @param report what mining did
 */
public record MinedSet(long step, String vectors, Map<String, Mined> byQuery, MiningReport report) {
    public MinedSet {
        byQuery = Map.copyOf(byQuery);
    }

    /**
     * What was mined for a query.
     *
     * @param negatives in the sampler's order
     * @param scores of the negatives
     * @param positives id of a positive to its score; those that a judge or teacher found last
     * @param found positives that the data did not know
     */
    public record Mined(List<Text> negatives, List<Double> scores, Map<String, Double> positives, List<Text> found) {
        public Mined {
            negatives = List.copyOf(negatives);
            scores = List.copyOf(scores);
            positives = Map.copyOf(positives);
            found = List.copyOf(found);
        }
    }

    /** {@return the dataset with these negatives in the place of its own, and with positives that were found} */
    public Dataset in(Dataset dataset) {
        List<Example> examples = new ArrayList<>();
        for (Example example : dataset.examples()) {
            Mined mined = byQuery.get(example.query().id());
            List<Text> positives = new ArrayList<>(example.positives());
            positives.addAll(mined == null ? List.of() : mined.found());
            examples.add(example(example, positives, mined == null ? List.of() : mined.negatives(), List.of()));
        }
        return new Dataset(dataset.name(), dataset.inBatch(), examples);
    }

    /** {@return as {@link #in}, an example for each positive, with the scorer's scores; queries without any are left out} */
    public Dataset scoredIn(Dataset dataset) {
        List<Example> examples = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Example example : dataset.examples()) {
            Mined mined = byQuery.get(example.query().id());
            if (mined != null && !mined.negatives().isEmpty()) {
                for (Text positive : example.positives()) {
                    if (seen.add(example.query().id() + "\n" + positive.id())) {
                        List<Double> scores = new ArrayList<>();
                        scores.add(mined.positives().getOrDefault(positive.id(), 0.0));
                        scores.addAll(mined.scores());
                        examples.add(example(example, List.of(positive), mined.negatives(), scores));
                    }
                }
            }
        }
        return new Dataset(dataset.name(), dataset.inBatch(), examples);
    }

    private static Example example(Example example, List<Text> positives, List<Text> negatives, List<Double> scores) {
        return new Example(example.query(), positives, negatives, scores, example.instruction(), example.where());
    }
}
