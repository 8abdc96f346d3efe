package dev.sidereal.recommend.baseline;

import dev.sidereal.core.Progress;
import dev.sidereal.core.RecommendRequest.Seen;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.tensor.AdamW;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.TableCrossEntropy;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.model.tensor.Torch;
import dev.sidereal.recommend.FullRanking;
import dev.sidereal.recommend.RecommendEvaluation;
import dev.sidereal.recommend.log.LogSplit;
import dev.sidereal.recommend.log.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Trains a {@link SasRec} on the training part: every item of a sequence is asked from those before it. Ends when validation
 * nDCG@10 has not risen for some epochs, and keeps the best. Used once; not thread-safe.
 */
public final class SasRecTraining {
    private static final int CUTOFF = 10;

    private final LogSplit split;
    private final int items;
    private final Seen seen;
    private final SasRecSettings settings;
    private final Random random;

    /**
     * @param items how many there are
     * @param seen whether items of a history may come back, for the validation
     */
    public SasRecTraining(LogSplit split, int items, Seen seen, SasRecSettings settings) {
        this.split = split;
        this.items = items;
        this.seen = seen;
        this.settings = settings;
        this.random = new Random(settings.seed());
    }

    /**
     * One epoch of a training.
     *
     * @param number from 1
     * @param loss mean cross-entropy
     * @param ndcg validation nDCG@10
     * @param recall validation recall@10
     * @param seconds since the training began
     */
    public record Epoch(int number, double loss, double ndcg, double recall, double seconds) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "epoch %d: loss %.4f, validation nDCG@10 %.4f recall@10 %.4f, %.0f s",
                    number,
                    loss,
                    ndcg,
                    recall,
                    seconds);
        }
    }

    /**
     * What a training gave.
     *
     * @param model the best by validation; the caller closes it
     * @param best its epoch
     * @param epochs all of them
     */
    public record Result(SasRec model, Epoch best, List<Epoch> epochs) {
        /** {@return wall-clock seconds of the whole training} */
        public double seconds() {
            return epochs.getLast().seconds();
        }
    }

    /**
     * Trains.
     *
     * @param watcher hears of each epoch
     * @throws BadInput if no training sequence has two items
     */
    public Result train(Progress progress, Consumer<Epoch> watcher) {
        List<int[]> sequences = sequences();
        Torch.threads(settings.threads());
        SasRec model = SasRec.random(items, settings);
        try (AdamW optimiser = AdamW.of(model.parameters(), settings.rate(), 0)) {
            return train(model, optimiser, sequences, progress, watcher);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private List<int[]> sequences() {
        List<int[]> sequences = new ArrayList<>();
        Sequences train = split.train();
        for (int s = 0; s < train.count(); s++) {
            if (train.length(s) > 1) {
                sequences.add(train.last(s, settings.length() + 1));
            }
        }
        if (sequences.isEmpty()) {
            throw new BadInput("no training sequence has two items, so there is nothing to learn what comes next from");
        }
        return sequences;
    }

    private Result train(
            SasRec model, AdamW optimiser, List<int[]> sequences, Progress progress, Consumer<Epoch> watcher) {
        List<Epoch> epochs = new ArrayList<>();
        Map<String, Tensor> kept = new LinkedHashMap<>();
        Epoch best = null;
        long start = System.nanoTime();
        for (int number = 1; number <= settings.epochs(); number++) {
            double loss = epoch(model, optimiser, sequences, number, progress);
            var ranks = RecommendEvaluation.of(seen)
                    .evaluate(new FullRanking("sasrec", model), split.validation(), Progress.none());
            Epoch epoch = new Epoch(
                    number, loss, ranks.ndcg(CUTOFF), ranks.recall(CUTOFF), (System.nanoTime() - start) / 1e9);
            epochs.add(epoch);
            watcher.accept(epoch);
            if (best == null || epoch.ndcg > best.ndcg) {
                best = epoch;
                keep(model, kept);
            } else if (number - best.number >= settings.patience()) {
                break;
            }
        }
        restore(model, kept);
        return new Result(model, java.util.Objects.requireNonNull(best), List.copyOf(epochs));
    }

    private double epoch(SasRec model, AdamW optimiser, List<int[]> sequences, int number, Progress progress) {
        double sum = 0;
        long count = 0;
        List<int[][]> batches = batches(sequences);
        try (Progress.Task task = progress.start("training SASRec, epoch " + number, batches.size())) {
            for (int[][] batch : batches) {
                int asked = Arrays.stream(batch).mapToInt(s -> s.length - 1).sum();
                try (TensorScope _ = new TensorScope()) {
                    sum += step(model, optimiser, batch, asked) * asked;
                }
                count += asked;
                task.note(String.format(Locale.ROOT, "loss %.3f", sum / count));
                task.advance(1);
            }
        }
        return sum / count;
    }

    private double step(SasRec model, AdamW optimiser, int[][] batch, int asked) {
        int[][] inputs =
                Arrays.stream(batch).map(s -> Arrays.copyOf(s, s.length - 1)).toArray(int[][]::new);
        Tensor states = model.states(inputs);
        int longest = states.size(1);
        int[] positions = new int[asked];
        int[] targets = new int[asked];
        int n = 0;
        for (int s = 0; s < batch.length; s++) {
            for (int i = 0; i < inputs[s].length; i++) {
                positions[n] = s * longest + i;
                targets[n++] = batch[s][i + 1];
            }
        }
        Tensor flat = states.reshape((long) batch.length * longest, settings.dims())
                .indexSelect(0, Tensors.of(positions, asked));
        Tensor loss = TableCrossEntropy.of(flat, model.parameters().get("items"), targets, settings.products());
        model.parameters().clearGradients();
        loss.backward();
        optimiser.step();
        return loss.item();
    }

    /** Sequences of like length together, those of one length in random order, and the batches in random order. */
    private List<int[][]> batches(List<int[]> sequences) {
        List<int[]> order = new ArrayList<>(sequences);
        Collections.shuffle(order, random);
        order.sort((a, b) -> Integer.compare(a.length, b.length));
        List<int[][]> batches = new ArrayList<>();
        List<int[]> batch = new ArrayList<>();
        for (int[] sequence : order) {
            if (!batch.isEmpty() && (batch.size() + 1) * (sequence.length - 1) > settings.tokens()) {
                batches.add(batch.toArray(int[][]::new));
                batch.clear();
            }
            batch.add(sequence);
        }
        batches.add(batch.toArray(int[][]::new));
        Collections.shuffle(batches, random);
        return batches;
    }

    private static void keep(SasRec model, Map<String, Tensor> kept) {
        kept.values().forEach(Tensor::close);
        kept.clear();
        try (NoGrad _ = new NoGrad()) {
            model.parameters().all().forEach((name, tensor) -> kept.put(name, TensorScope.release(tensor.copy())));
        }
    }

    private static void restore(SasRec model, Map<String, Tensor> kept) {
        try (NoGrad _ = new NoGrad()) {
            kept.forEach((name, tensor) -> {
                model.parameters().get(name).copyInPlace(tensor);
                tensor.close();
            });
        }
    }
}
