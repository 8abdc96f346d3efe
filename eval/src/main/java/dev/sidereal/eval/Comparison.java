package dev.sidereal.eval;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Systems held against a baseline, the first of them.
 *
 * @param evaluations one a system, means over all judged queries
 * @param circumstances system to what is known of its run
 * @param differences one a measure and system other than the baseline, measure by measure; measures that are no mean over
 *     queries are not tested
 * @param unlike circumstances that differ without forbidding the comparison, each with system to value
 * @param caveats system to what to know before trusting its figures, besides its evaluation's own
 */
public record Comparison(
        List<Evaluation> evaluations,
        Map<String, Circumstances> circumstances,
        List<Difference> differences,
        SortedMap<String, Map<String, String>> unlike,
        Map<String, List<Caveat>> caveats) {
    public Comparison {
        evaluations = List.copyOf(evaluations);
        differences = List.copyOf(differences);
    }

    /** {@return the system that the others are held against} */
    public Evaluation baseline() {
        return evaluations.getFirst();
    }

    /** {@return differences of one measure by canonical name, in the order of the systems} */
    public List<Difference> differences(String measure) {
        return differences.stream().filter(d -> d.measure().equals(measure)).toList();
    }

    /** {@return every caveat as a sentence that begins with its system} */
    public List<String> warnings() {
        return evaluations.stream()
                .flatMap(evaluation -> Stream.concat(
                                caveats.getOrDefault(evaluation.system(), List.of()).stream(),
                                evaluation.caveats().stream())
                        .map(caveat -> evaluation.system() + ": " + caveat.sentence()))
                .collect(Collectors.toList());
    }
}
