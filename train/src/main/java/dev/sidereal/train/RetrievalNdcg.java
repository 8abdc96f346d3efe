package dev.sidereal.train;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Mean nDCG@10 of dev queries over all texts of the dev examples, by a scan of their vectors: positives count 1, all else
 * 0. Equal scores stand in the order of ids, falling, as trec_eval has them. The texts are fewer than a real corpus, so
 * the value is higher; it serves to compare checkpoints. Cost: queries times texts times dims. Source: Jarvelin and
 * Kekalainen, TOIS 20(4), 2002.
 *
 * @param dev the examples
 */
public record RetrievalNdcg(Dataset dev) implements DevMeasure {
    private static final int K = 10;

    @Override
    public String name() {
        return "ndcg@10";
    }

    @Override
    public double of(Embedder embedder) {
        return of(documents(embedder), embedder);
    }

    /** {@return the measure with documents' vectors as this model gives them now, for models whose queries alone are trained} */
    public DevMeasure withDocumentsOf(Embedder model) {
        float[][] documents = documents(model);
        return new DevMeasure() {
            @Override
            public String name() {
                return RetrievalNdcg.this.name();
            }

            @Override
            public double of(Embedder embedder) {
                return RetrievalNdcg.this.of(documents, embedder);
            }
        };
    }

    private Map<String, String> corpus() {
        Map<String, String> corpus = new LinkedHashMap<>();
        for (Example example : dev.examples()) {
            example.positives().forEach(text -> corpus.put(text.id(), text.text()));
            example.negatives().forEach(text -> corpus.put(text.id(), text.text()));
        }
        return corpus;
    }

    private float[][] documents(Embedder embedder) {
        return PlainVectors.of(embedder, Role.DOCUMENT, new ArrayList<>(corpus().values()));
    }

    private double of(float[][] documents, Embedder embedder) {
        List<String> ids = new ArrayList<>(corpus().keySet());
        float[][] queries = PlainVectors.of(
                embedder,
                Role.QUERY,
                dev.examples().stream().map(BatchTexts::query).toList());
        double sum = 0;
        for (int q = 0; q < queries.length; q++) {
            Set<String> relevant = new HashSet<>();
            dev.examples().get(q).positives().stream().map(Text::id).forEach(relevant::add);
            sum += ndcg(top(queries[q], documents, ids), relevant);
        }
        return sum / queries.length;
    }

    private static List<String> top(float[] query, float[][] documents, List<String> ids) {
        double[] scores = new double[documents.length];
        for (int d = 0; d < documents.length; d++) {
            scores[d] = PlainVectors.dot(query, documents[d]);
        }
        Comparator<Integer> best =
                Comparator.<Integer>comparingDouble(d -> -scores[d]).thenComparing(ids::get, Comparator.reverseOrder());
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(best)
                .limit(K)
                .map(ids::get)
                .toList();
    }

    static double ndcg(List<String> top, Set<String> relevant) {
        double gain = 0;
        double ideal = 0;
        for (int rank = 0; rank < K; rank++) {
            double discount = Math.log(2) / Math.log(rank + 2);
            gain += rank < top.size() && relevant.contains(top.get(rank)) ? discount : 0;
            ideal += rank < relevant.size() ? discount : 0;
        }
        return gain / ideal;
    }
}
