package dev.sidereal.train.loop;

import dev.sidereal.core.format.TextHash;
import dev.sidereal.train.data.Row;
import dev.sidereal.train.data.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A row with other negatives, drawn by step and query alone. */
record RowDraw(Row row, long step) {
    Row of(MinedSet.Mined mined, int width) {
        // A judge may have made a positive of what an earlier set calls a negative.
        List<Integer> order = new ArrayList<>(IntStream.range(
                        0, mined.negatives().size())
                .filter(i ->
                        !row.example().positives().contains(mined.negatives().get(i)))
                .boxed()
                .toList());
        String key = step + "\n" + row.example().query().id();
        Collections.shuffle(order, Random.from(new SplittableRandom(TextHash.of(key))));
        List<Text> negatives = new ArrayList<>();
        List<Double> scores = new ArrayList<>(row.scores().stream().limit(1).toList());
        if (!scores.isEmpty()) {
            scores.set(0, mined.positives().getOrDefault(row.positive().id(), scores.getFirst()));
        }
        for (int i : order.subList(0, Math.min(width, order.size()))) {
            negatives.add(mined.negatives().get(i));
            if (!scores.isEmpty()) {
                scores.add(mined.scores().get(i));
            }
        }
        return new Row(row.example(), row.positive(), negatives, scores, row.instructed());
    }
}
