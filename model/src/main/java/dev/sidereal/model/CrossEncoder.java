package dev.sidereal.model;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.util.PairList;
import dev.sidereal.core.Closer;
import dev.sidereal.core.Reranker;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.encoder.Bert;
import dev.sidereal.model.encoder.BertConfig;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.Activations;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Linear;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.model.weights.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A BERT or XLM-RoBERTa with a head of one number that reads query and text together: what Hugging Face calls a model for
 * sequence classification, sentence-transformers a cross-encoder. Scores lie between 0 and 1: the number's sigmoid, as
 * sentence-transformers gives it. Pairs that are too long lose tokens of their longer side. Source: Nogueira and Cho,
 * arXiv 1901.04085. Cost: one pass of the network a pair.
 */
public final class CrossEncoder implements Reranker {
    private static final int BATCH = 32;

    private final String name;
    private final Bert model;
    private final Linear dense;
    private final Linear last;
    private final HuggingFaceTokenizer tokenizer;
    private final Closer opened;

    private CrossEncoder(
            String name, Bert model, Linear dense, Linear last, HuggingFaceTokenizer tokenizer, Closer all) {
        this.name = name;
        this.model = model;
        this.dense = dense;
        this.last = last;
        this.tokenizer = tokenizer;
        this.opened = all;
    }

    /** Names of the two maps behind the first token's state. */
    private record Head(String dense, String last) {
        static Head of(BertConfig config) {
            return switch (config.family()) {
                case BERT -> new Head("bert.pooler.dense", "classifier");
                case XLM_ROBERTA -> new Head("classifier.dense", "classifier.out_proj");
            };
        }
    }

    /**
     * Opens a folder with {@code config.json}, {@code tokenizer.json} and safetensors; the caller closes it.
     *
     * @throws BadInput if a file is missing or wrong, the architecture is another, or there is no head of one number
     */
    public static CrossEncoder open(Path folder, Device device) {
        BertConfig config = BertConfig.read(folder.resolve("config.json"));
        Head names = Head.of(config);
        Closer opened = new Closer();
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            requireOneNumber(folder, checkpoint, names);
            Parameters head = opened.keep(head(config, checkpoint, names, device));
            Bert model = opened.keep(Bert.load(config, checkpoint, device, DType.F32));
            HuggingFaceTokenizer tokenizer = opened.keep(tokenizer(folder, config.maxTokens()));
            return new CrossEncoder(
                    folder.toString(),
                    model,
                    Linear.of(head, names.dense),
                    Linear.of(head, names.last),
                    tokenizer,
                    opened);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static HuggingFaceTokenizer tokenizer(Path folder, int maxTokens) {
        Path file = ConfigFile.existing(folder.resolve("tokenizer.json"));
        try {
            return Tokenizer.load(Files.readAllBytes(file), file.toString(), Tokenizer.cutAt(maxTokens));
        } catch (IOException e) {
            throw new BadInput("The tokenizer " + file + " cannot be read: " + e, e);
        }
    }

    private static void requireOneNumber(Path folder, Checkpoint checkpoint, Head names) {
        if (!checkpoint.names().containsAll(List.of(names.dense + ".weight", names.last + ".weight"))) {
            throw new BadInput("The model in " + folder + " has no " + names.last + " behind " + names.dense
                    + ", so it scores no pairs; expected a cross-encoder, a model for sequence classification.");
        }
        long numbers = checkpoint.tensor(names.last + ".weight").shape().getFirst();
        if (numbers != 1) {
            throw new BadInput("The model in " + folder + " gives " + numbers
                    + " numbers a pair; expected a cross-encoder that gives 1, its score.");
        }
    }

    private static Parameters head(BertConfig config, Checkpoint checkpoint, Head names, Device device) {
        Parameters head = new Parameters();
        int hidden = config.hidden();
        try (TensorScope _ = new TensorScope()) {
            head.add(names.dense + ".weight", Tensors.empty(DType.F32, device, hidden, hidden));
            head.add(names.dense + ".bias", Tensors.empty(DType.F32, device, hidden));
            head.add(names.last + ".weight", Tensors.empty(DType.F32, device, 1, hidden));
            head.add(names.last + ".bias", Tensors.empty(DType.F32, device, 1));
            head.copyFrom(checkpoint);
            return head;
        } catch (RuntimeException e) {
            head.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double[] score(String query, List<String> texts) {
        double[] scores = new double[texts.size()];
        if (scores.length == 0) {
            return scores;
        }
        PairList<String, String> pairs = new PairList<>();
        texts.forEach(text -> pairs.add(query, text));
        Encoding[] read = tokenizer.batchEncode(pairs);
        // Pairs of like lengths share a batch.
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> read[i].getIds().length))
                .mapToInt(i -> i)
                .toArray();
        for (int from = 0; from < order.length; from += BATCH) {
            int to = Math.min(order.length, from + BATCH);
            float[] some = score(
                    IntStream.range(from, to).mapToObj(i -> read[order[i]]).toList());
            for (int i = from; i < to; i++) {
                scores[order[i]] = some[i - from];
            }
        }
        return scores;
    }

    private float[] score(List<Encoding> pairs) {
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            List<long[]> ids = new ArrayList<>();
            List<long[]> types = new ArrayList<>();
            for (Encoding pair : pairs) {
                ids.add(pair.getIds());
                types.add(pair.getTypeIds());
            }
            TokenBatch batch = TokenBatch.of(ids, model.config().padToken(), model.device());
            boolean typed = model.config().tokenTypes() > 1;
            Tensor first = model.states(
                            batch,
                            typed ? TokenBatch.of(types, 0, model.device()).ids() : null)
                    .getLast()
                    .select(1, 0);
            Tensor pooled = Activations.tanh(dense.forward(first));
            return Activations.sigmoid(last.forward(pooled)).reshape(-1).floats();
        }
    }

    @Override
    public void close() {
        opened.close();
    }
}
