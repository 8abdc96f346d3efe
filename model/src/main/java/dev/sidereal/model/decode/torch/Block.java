package dev.sidereal.model.decode.torch;

import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.tensor.Activations;
import dev.sidereal.model.tensor.Autocast;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Linear;
import dev.sidereal.model.tensor.Norms;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One layer: attention and SwiGLU, each behind an RMSNorm and added to the residual stream. */
final class Block {
    private static final double DEVIATION = 0.02;

    private final int layer;
    private final DecoderConfig config;
    private final Tensor attentionNorm;
    private final Tensor feedForwardNorm;
    private final @Nullable Tensor queryNorm;
    private final @Nullable Tensor keyNorm;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear output;
    private final Linear gate;
    private final Linear up;
    private final Linear down;

    /** What differs between a pass over whole sequences and one over new positions of a session. */
    interface Mixing {
        /**
         * {@return what each query gathered, {@code [...][n][heads * headDim]}}
         *
         * @param q {@code [...][n][heads][headDim]}
         * @param k {@code [...][n][kvHeads][headDim]}
         * @param v as {@code k}
         */
        Tensor attend(int layer, Tensor q, Tensor k, Tensor v);

        /**
         * {@return the output of the down projection, changed where an edit acts}
         *
         * @param activation what entered the projection, {@code [...][n][intermediate]}
         * @param output {@code [...][n][hidden]}
         */
        default Tensor edit(int layer, Tensor activation, Tensor output) {
            return output;
        }
    }

    /** A layer of parameters that were added with {@link #addParameters}. */
    Block(DecoderConfig config, int layer, Parameters parameters) {
        this.layer = layer;
        this.config = config;
        String name = name(layer);
        attentionNorm = parameters.get(name + "input_layernorm.weight");
        feedForwardNorm = parameters.get(name + "post_attention_layernorm.weight");
        queryNorm = config.headNorms() ? parameters.get(name + "self_attn.q_norm.weight") : null;
        keyNorm = config.headNorms() ? parameters.get(name + "self_attn.k_norm.weight") : null;
        query = Linear.of(parameters, name + "self_attn.q_proj");
        key = Linear.of(parameters, name + "self_attn.k_proj");
        value = Linear.of(parameters, name + "self_attn.v_proj");
        output = Linear.of(parameters, name + "self_attn.o_proj");
        gate = Linear.of(parameters, name + "mlp.gate_proj");
        up = Linear.of(parameters, name + "mlp.up_proj");
        down = Linear.of(parameters, name + "mlp.down_proj");
    }

    /** Adds a layer's parameters under the names of Hugging Face, drawn at random. */
    static void addParameters(DecoderConfig config, int layer, Parameters parameters, DType type, Device device) {
        String name = name(layer);
        var fresh = new Fresh(parameters, type, device);
        fresh.norm(name + "input_layernorm.weight", config.hidden());
        fresh.matrix(name + "self_attn.q_proj.weight", config.queryDim(), config.hidden());
        fresh.matrix(name + "self_attn.k_proj.weight", config.kvDim(), config.hidden());
        fresh.matrix(name + "self_attn.v_proj.weight", config.kvDim(), config.hidden());
        fresh.matrix(name + "self_attn.o_proj.weight", config.hidden(), config.queryDim());
        if (config.headNorms()) {
            fresh.norm(name + "self_attn.q_norm.weight", config.headDim());
            fresh.norm(name + "self_attn.k_norm.weight", config.headDim());
        }
        fresh.norm(name + "post_attention_layernorm.weight", config.hidden());
        fresh.matrix(name + "mlp.gate_proj.weight", config.intermediate(), config.hidden());
        fresh.matrix(name + "mlp.up_proj.weight", config.intermediate(), config.hidden());
        fresh.matrix(name + "mlp.down_proj.weight", config.hidden(), config.intermediate());
    }

    /** New parameters. */
    record Fresh(Parameters parameters, DType type, Device device) {
        void matrix(String name, long rows, long columns) {
            parameters.add(name, Tensors.normal(DEVIATION, type, device, rows, columns));
        }

        void norm(String name, long width) {
            parameters.add(name, Tensors.ones(type, device, width));
        }
    }

    Stream<Linear> projections() {
        return Stream.of(query, key, value, output, gate, up, down);
    }

    /** {@return the residual stream after this layer, {@code [...][n][hidden]}} */
    Tensor forward(Tensor x, Rotary.Turn turn, Mixing mixing) {
        Tensor in = Autocast.shortened(Norms.rmsNorm(x, attentionNorm, config.normEpsilon()));
        Tensor q = turn.apply(heads(query.forward(in), config.heads(), queryNorm));
        Tensor k = turn.apply(heads(key.forward(in), config.kvHeads(), keyNorm));
        Tensor v = heads(value.forward(in), config.kvHeads(), null);
        Tensor attended = x.add(output.forward(mixing.attend(layer, q, k, v)));
        in = Autocast.shortened(Norms.rmsNorm(attended, feedForwardNorm, config.normEpsilon()));
        Tensor activation = Activations.silu(gate.forward(in)).mul(up.forward(in));
        return attended.add(mixing.edit(layer, activation, down.forward(activation)));
    }

    private Tensor heads(Tensor x, int heads, @Nullable Tensor norm) {
        long[] shape = x.shape();
        long[] split = java.util.Arrays.copyOf(shape, shape.length + 1);
        split[shape.length - 1] = heads;
        split[shape.length] = config.headDim();
        Tensor out = x.reshape(split);
        return norm == null ? out : Norms.rmsNorm(out, norm, config.normEpsilon());
    }

    private static String name(int layer) {
        return "model.layers." + layer + ".";
    }
}
