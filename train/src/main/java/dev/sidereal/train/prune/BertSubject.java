package dev.sidereal.train.prune;

import dev.sidereal.model.TrainableEncoder;
import dev.sidereal.model.encoder.Bert;
import dev.sidereal.model.encoder.BertConfig;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Linear;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.weights.WeightSource;
import java.util.ArrayList;
import java.util.List;

/** BERT, whose heads together are as wide as its hidden size: fewer channels mean fewer heads of the same width. */
record BertSubject(TrainableEncoder encoder) implements Subject {
    private static final Maps MAPS = new Maps(
            "encoder.layer.", "attention.self.query", "attention.output.dense", "intermediate.dense", "output.dense");
    private static final String OUTPUT_NORM = "output.LayerNorm";

    private BertConfig config() {
        return encoder.model().config();
    }

    @Override
    public Subject resized(int layers, int hidden, int intermediate, WeightSource weights) {
        BertConfig config = config().withSize(layers, hidden, intermediate);
        return new BertSubject(encoder.around(Bert.load(config, weights, encoder.device(), DType.F32)));
    }

    @Override
    public Size size() {
        return new Size(config().layers(), config().hidden(), config().intermediate());
    }

    @Override
    public Maps names() {
        return MAPS;
    }

    @Override
    public int headWidth() {
        return config().hidden() / config().heads();
    }

    @Override
    public Axes axes(String parameter) {
        if (parameter.contains("_embeddings.")) {
            return new Axes(Axis.OTHER, Axis.CHANNELS);
        }
        if (parameter.contains(".attention.self.")) {
            return new Axes(Axis.HEADS, Axis.CHANNELS);
        }
        if (parameter.contains(".attention.output.dense.")) {
            return new Axes(Axis.CHANNELS, Axis.HEADS);
        }
        if (parameter.contains(".intermediate.dense.")) {
            return new Axes(Axis.NEURONS, Axis.CHANNELS);
        }
        // Norms, the feed-forward block's output, the pooler.
        return new Axes(Axis.CHANNELS, parameter.contains(".output.dense.") ? Axis.NEURONS : Axis.CHANNELS);
    }

    @Override
    public List<Linear> maps() {
        return encoder.model().linears();
    }

    @Override
    public List<Norm> norms() {
        List<Norm> norms = new ArrayList<>(List.of(new Norm("embeddings.LayerNorm", attention(0))));
        for (int i = 0; i < layers(); i++) {
            norms.add(new Norm(layer(i) + "attention." + OUTPUT_NORM, feedForward(i)));
            norms.add(new Norm(layer(i) + OUTPUT_NORM, i + 1 < layers() ? attention(i + 1) : LAST));
        }
        return norms;
    }

    @Override
    public Tensor states(TokenBatch batch) {
        return encoder.model().states(batch).getLast();
    }
}
