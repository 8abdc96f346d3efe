package dev.sidereal.train.prune;

import dev.sidereal.model.EosEncoder;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.torch.AttentionMask;
import dev.sidereal.model.decode.torch.TrainableDecoder;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Linear;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.weights.WeightSource;
import java.util.ArrayList;
import java.util.List;

/** A decoder; its heads, their width and its vocabulary stay. */
record DecoderSubject(EosEncoder encoder) implements Subject {
    private DecoderConfig config() {
        return encoder.model().config();
    }

    @Override
    public Subject resized(int layers, int hidden, int intermediate, WeightSource weights) {
        DecoderConfig config = config().withSize(layers, hidden, intermediate);
        return new DecoderSubject(encoder.around(TrainableDecoder.load(config, weights, DType.F32, encoder.device())));
    }

    @Override
    public int layers() {
        return config().layers();
    }

    @Override
    public int hidden() {
        return config().hidden();
    }

    @Override
    public int intermediate() {
        return config().intermediate();
    }

    @Override
    public int headWidth() {
        return 0;
    }

    @Override
    public Axes axes(String parameter) {
        String[] parts = parameter.split("\\.");
        return switch (parts[parts.length - 2]) {
            case "embed_tokens", "lm_head", "q_proj", "k_proj", "v_proj" -> new Axes(Axis.OTHER, Axis.CHANNELS);
            case "q_norm", "k_norm" -> new Axes(Axis.OTHER, Axis.OTHER);
            case "o_proj" -> new Axes(Axis.CHANNELS, Axis.OTHER);
            case "gate_proj", "up_proj" -> new Axes(Axis.NEURONS, Axis.CHANNELS);
            case "down_proj" -> new Axes(Axis.CHANNELS, Axis.NEURONS);
            default -> new Axes(Axis.CHANNELS, Axis.OTHER);
        };
    }

    @Override
    public List<Linear> maps() {
        return encoder.model().projections();
    }

    @Override
    public String attention(int layer) {
        return layer(layer) + "self_attn.q_proj";
    }

    @Override
    public String joined(int layer) {
        return layer(layer) + "self_attn.o_proj";
    }

    @Override
    public String feedForward(int layer) {
        return layer(layer) + "mlp.gate_proj";
    }

    @Override
    public String neurons(int layer) {
        return layer(layer) + "mlp.down_proj";
    }

    @Override
    public List<Norm> norms() {
        List<Norm> norms = new ArrayList<>();
        for (int i = 0; i < layers(); i++) {
            norms.add(new Norm(layer(i) + "input_layernorm", attention(i)));
            norms.add(new Norm(layer(i) + "post_attention_layernorm", feedForward(i)));
        }
        norms.add(new Norm("model.norm", LAST));
        return norms;
    }

    private static String layer(int number) {
        return "model.layers." + number + ".";
    }

    @Override
    public Tensor states(TokenBatch batch) {
        return encoder.model().hidden(encoder.model().embed(batch.ids()), AttentionMask.causal());
    }
}
