package dev.sidereal.train.loop;

import dev.sidereal.train.data.Text;
import dev.sidereal.train.loop.MinedSet.Mined;
import dev.sidereal.train.negatives.MiningReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Mined sets as JSON lines, a line a query; texts of the corpus by their ids. */
final class MinedLines {
    private MinedLines() {}

    static List<ObjectNode> of(MinedSet set) {
        List<ObjectNode> lines = new ArrayList<>();
        new TreeMap<>(set.byQuery()).forEach((query, mined) -> {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("step", set.step()).put("vectors", set.vectors()).put("query", query);
            ObjectNode positives = line.putObject("positives");
            new TreeMap<>(mined.positives()).forEach(positives::put);
            ids(line.putArray("found"), mined.found());
            ids(line.putArray("negatives"), mined.negatives());
            mined.scores().forEach(line.putArray("scores")::add);
            lines.add(line);
        });
        return lines;
    }

    private static void ids(ArrayNode array, List<Text> texts) {
        texts.forEach(text -> array.add(text.id()));
    }

    /** {@return the sets in the order they were written} */
    static List<MinedSet> read(List<ObjectNode> lines, MiningJob job, MiningReport report) {
        Map<Long, Map<String, Mined>> sets = new LinkedHashMap<>();
        Map<Long, String> vectors = new LinkedHashMap<>();
        for (ObjectNode line : lines) {
            long step = line.get("step").longValue();
            Map<String, Double> positives = new LinkedHashMap<>();
            for (String id : line.get("positives").propertyNames()) {
                positives.put(id, line.get("positives").get(id).doubleValue());
            }
            List<Double> scores = new ArrayList<>();
            line.get("scores").forEach(score -> scores.add(score.doubleValue()));
            Mined mined =
                    new Mined(texts(line.get("negatives"), job), scores, positives, texts(line.get("found"), job));
            sets.computeIfAbsent(step, _ -> new LinkedHashMap<>())
                    .put(line.get("query").stringValue(), mined);
            vectors.put(step, line.get("vectors").stringValue());
        }
        List<MinedSet> read = new ArrayList<>();
        sets.forEach((step, byQuery) -> read.add(new MinedSet(step, vectors.getOrDefault(step, ""), byQuery, report)));
        return read;
    }

    private static List<Text> texts(JsonNode ids, MiningJob job) {
        List<Text> texts = new ArrayList<>();
        ids.forEach(id -> texts.add(job.text(id.stringValue())));
        return texts;
    }
}
