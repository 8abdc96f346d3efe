package dev.sidereal.train.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Cuts one dataset into the batches of one epoch. */
final class Batches {
    private final Dataset dataset;
    private final BatchComposer composer;
    private final Schedule.Settings settings;
    private final int epoch;
    private final Random random;
    private final IdentityHashMap<Example, Integer> places = new IdentityHashMap<>();

    Batches(Dataset dataset, BatchComposer composer, Schedule.Settings settings, int epoch, Random random) {
        this.dataset = dataset;
        this.composer = composer;
        this.settings = settings;
        this.epoch = epoch;
        this.random = random;
        for (Example example : dataset.examples()) {
            places.put(example, places.size());
        }
    }

    List<Batch> all() {
        List<Example> examples = new ArrayList<>(dataset.examples());
        Collections.shuffle(examples, random);
        List<Batch> batches = new ArrayList<>();
        List<Row> rest = new ArrayList<>();
        for (List<Example> group : composer.groups(examples)) {
            for (Batch batch : cut(byLength(group))) {
                // What a group leaves over meets the others' rest, so that batches are whole.
                if (batch.rows().size() < settings.batchSize()) {
                    rest.addAll(batch.rows());
                } else {
                    batches.add(batch);
                }
            }
        }
        batches.addAll(cut(new LinkedList<>(rest)));
        Collections.shuffle(batches, random);
        return batches;
    }

    private List<Row> byLength(List<Example> examples) {
        List<Row> rows = new ArrayList<>();
        examples.forEach(example -> rows.add(draw(example, instructed(Objects.requireNonNull(places.get(example))))));
        int window = settings.bucket() > 1 ? settings.bucket() * settings.batchSize() : 1;
        for (int from = 0; from < rows.size(); from += window) {
            rows.subList(from, Math.min(rows.size(), from + window))
                    .sort(Comparator.comparingInt(row -> row.example().length()));
        }
        return new LinkedList<>(rows);
    }

    /** Depends on nothing but seed, epoch and the row's place in the data. */
    private boolean instructed(int row) {
        long place = ((settings.seed() * 0x9E3779B97F4A7C15L) + epoch) * 0xBF58476D1CE4E5B9L + row;
        return new SplittableRandom(place).nextDouble() < dataset.instructDocuments();
    }

    private Row draw(Example example, boolean instructed) {
        Text positive =
                example.positives().get(random.nextInt(example.positives().size()));
        int count = Math.min(settings.negatives(), example.negatives().size());
        List<Integer> order = new ArrayList<>(
                IntStream.range(0, example.negatives().size()).boxed().toList());
        Collections.shuffle(order, random);
        List<Text> negatives = new ArrayList<>();
        List<Double> scores = new ArrayList<>(example.scores().stream().limit(1).toList());
        for (int i : order.subList(0, count)) {
            negatives.add(example.negatives().get(i));
            if (!example.scores().isEmpty()) {
                scores.add(example.scores().get(i + 1));
            }
        }
        return new Row(example, positive, negatives, scores, instructed);
    }

    /** Rows that would be false negatives of a batch wait for the next. */
    private List<Batch> cut(List<Row> waiting) {
        List<Batch> batches = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Members members = new Members();
            Iterator<Row> rows = waiting.iterator();
            while (rows.hasNext() && members.rows.size() < settings.batchSize()) {
                Row row = rows.next();
                if (!dataset.inBatch() || members.take(row)) {
                    rows.remove();
                    members.rows.add(row);
                }
            }
            batches.add(new Batch(dataset, members.rows));
        }
        return batches;
    }

    /** Rows of a batch, of which none is known to be answered by another's positive. */
    private static final class Members {
        private final List<Row> rows = new ArrayList<>();
        private final Set<String> queries = new HashSet<>();
        private final Set<String> drawn = new HashSet<>();
        private final Set<String> answers = new HashSet<>();

        boolean take(Row row) {
            Set<String> own = row.example().answers();
            boolean clash = queries.contains(row.example().query().id())
                    || answers.contains(row.positive().id())
                    || own.stream().anyMatch(drawn::contains);
            if (!clash) {
                queries.add(row.example().query().id());
                drawn.add(row.positive().id());
                answers.addAll(own);
            }
            return !clash;
        }
    }
}
