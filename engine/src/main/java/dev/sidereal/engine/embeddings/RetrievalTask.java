package dev.sidereal.engine.embeddings;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.Item;
import dev.sidereal.core.Query;
import dev.sidereal.core.Run;
import dev.sidereal.core.Section;
import dev.sidereal.core.format.RetrievalData;
import dev.sidereal.core.vector.TopK;
import dev.sidereal.core.vector.Vectors;
import dev.sidereal.eval.Averaging;
import dev.sidereal.eval.Circumstances;
import dev.sidereal.eval.Evaluation;
import dev.sidereal.eval.Evaluator;
import dev.sidereal.eval.measure.Measures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether queries find their documents: an exact scan by cosine, each document one text that is cut where the encoder cuts
 * it, and trec_eval's measures of the best hundred. Cost: queries times documents times dims.
 */
public final class RetrievalTask implements EmbeddingTask {
    private static final int DEPTH = 100;
    private static final String MEASURES = "ndcg@10,recall@100,map,mrr@10";

    private final RetrievalData data;
    private final List<String> ids = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    private RetrievalTask(RetrievalData data) {
        this.data = data;
        try (Stream<Item> items = data.items()) {
            items.forEach(item -> {
                ids.add(item.id());
                texts.add(text(item));
            });
        }
    }

    /**
     * {@return the task of a data folder}
     *
     * @throws dev.sidereal.core.error.BadInput if the folder or its split cannot be read
     */
    public static RetrievalTask open(Path folder, String split) {
        return new RetrievalTask(RetrievalData.open(folder, split));
    }

    private static String text(Item item) {
        StringBuilder text = new StringBuilder(item.title());
        append(text, item.text());
        for (Section section : item.sections()) {
            append(text, section.heading());
            append(text, section.text());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String more) {
        text.append(text.isEmpty() || more.isEmpty() ? "" : " ").append(more);
    }

    @Override
    public String name() {
        return "retrieval";
    }

    @Override
    public String data() {
        return data.name() + "/" + data.split();
    }

    @Override
    public String hash() {
        return data.contentHash();
    }

    @Override
    public String main() {
        return "ndcg@10";
    }

    @Override
    public List<Side> sides() {
        return List.of(
                new Side(Role.QUERY, data.queries().stream().map(Query::text).toList()),
                new Side(Role.DOCUMENT, texts));
    }

    @Override
    public Finding measure(List<float[][]> vectors) {
        Map<String, List<Run.Scored>> results = new LinkedHashMap<>();
        float[][] documents = vectors.get(1);
        for (int q = 0; q < data.queries().size(); q++) {
            TopK best = new TopK(Math.min(DEPTH, documents.length));
            for (int d = 0; d < documents.length; d++) {
                best.add(d, Vectors.dot(vectors.get(0)[q], documents[d]));
            }
            results.put(
                    data.queries().get(q).id(),
                    best.best().stream()
                            .map(scored -> new Run.Scored(ids.get((int) scored.id()), scored.score()))
                            .toList());
        }
        Run run = new Run("dense", results);
        Evaluation evaluation = new Evaluator(Measures.parse(MEASURES), Averaging.COMPLETE).evaluate(run, data.qrels());
        Map<String, Double> values = new LinkedHashMap<>();
        evaluation.measures().forEach(measured -> values.put(measured.name(), measured.value()));
        Circumstances circumstances = Circumstances.of(Map.of(
                Circumstances.DATA,
                data.corpusHash(),
                Circumstances.SPLIT,
                data.split(),
                Circumstances.JUDGMENTS,
                Circumstances.hash(data.qrels()),
                "depth",
                Integer.toString(DEPTH)));
        return new Finding(values, new StudyRun(run, circumstances));
    }
}
