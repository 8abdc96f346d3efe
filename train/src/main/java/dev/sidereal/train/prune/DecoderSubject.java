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
    private static final Maps MAPS =
            new Maps("model.layers.", "self_attn.q_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.down_proj");

    private DecoderConfig config() {
        return encoder.model().config();
    }

    @Override
    public Subject resized(int layers, int hidden, int intermediate, WeightSource weights) {
        DecoderConfig config = config().withSize(layers, hidden, intermediate);
        return new DecoderSubject(encoder.around(TrainableDecoder.load(config, weights, DType.F32, encoder.device())));
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
    public List<Norm> norms() {
        List<Norm> norms = new ArrayList<>();
        for (int i = 0; i < layers(); i++) {
            norms.add(new Norm(layer(i) + "input_layernorm", attention(i)));
            norms.add(new Norm(layer(i) + "post_attention_layernorm", feedForward(i)));
        }
        norms.add(new Norm("model.norm", LAST));
        return norms;
    }

    @Override
    public Tensor states(TokenBatch batch) {
        return encoder.model().hidden(encoder.model().embed(batch.ids()), AttentionMask.causal());
    }
}
