package dev.sidereal.model.encoder;

import dev.sidereal.model.tensor.Activations;
import dev.sidereal.model.tensor.Attention;
import dev.sidereal.model.tensor.Linear;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One block: attention and feed-forward, each added to its input and normalised. */
final class BertLayer {
    private final BertConfig config;
    private final Parameters parameters;
    private final String name;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear attended;
    private final Linear up;
    private final Linear down;

    BertLayer(BertConfig config, Parameters parameters, int number) {
        this.config = config;
        this.parameters = parameters;
        this.name = "encoder.layer." + number + ".";
        query = Linear.of(parameters, name + "attention.self.query");
        key = Linear.of(parameters, name + "attention.self.key");
        value = Linear.of(parameters, name + "attention.self.value");
        attended = Linear.of(parameters, name + "attention.output.dense");
        up = Linear.of(parameters, name + "intermediate.dense");
        down = Linear.of(parameters, name + "output.dense");
    }

    List<Linear> linears() {
        return List.of(query, key, value, attended, up, down);
    }

    /**
     * {@return the states after this block, {@code [texts][tokens][hidden]}}
     *
     * @param mask {@code BOOL[texts][1][1][tokens]}, null if all tokens are real
     */
    Tensor forward(Tensor x, @Nullable Tensor mask) {
        Tensor projected = Linear.joined(List.of(query, key, value), x)
                .reshape(x.size(0), x.size(1), 3, config.heads(), -1)
                .transpose(1, 3);
        Tensor mixed = Attention.of(
                projected.select(2, 0),
                projected.select(2, 1),
                projected.select(2, 2),
                mask,
                config.attentionDropout());
        Tensor joined = mixed.transpose(1, 2).reshape(x.size(0), x.size(1), -1);
        Tensor y = addAndNormalise(attended.forward(joined), x, name + "attention.output.LayerNorm");
        Tensor inner = config.activation().apply(up.forward(y));
        return addAndNormalise(down.forward(inner), y, name + "output.LayerNorm");
    }

    private Tensor addAndNormalise(Tensor change, Tensor x, String norm) {
        return Bert.normalise(
                config,
                parameters,
                norm,
                Activations.dropout(change, config.dropout()).add(x));
    }
}
