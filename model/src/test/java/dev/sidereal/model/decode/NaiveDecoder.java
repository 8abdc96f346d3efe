package dev.sidereal.model.decode;

import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.StoredType;
import dev.sidereal.model.weights.WeightSource;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Llama 3 and Qwen3 in double precision, written from their definition with plain loops over whole sequences: what the
 * runtimes are judged by. It shares nothing with them but the names of the weights.
 */
public final class NaiveDecoder {
    private final DecoderConfig config;
    private final Map<String, double[]> weights = new HashMap<>();
    private final Map<Long, Edits.Delta> edits = new HashMap<>();

    /**
     * What a sequence gives.
     *
     * @param states {@code double[layers + 1][positions][hidden]}, before the first block and after each
     * @param hidden {@code double[positions][hidden]}, the last states after the final norm
     * @param logits {@code double[positions][vocabulary]}
     */
    public record Result(double[][][] states, double[][] hidden, double[][] logits) {
        /** {@return scores after the last position} */
        public double[] lastLogits() {
            return logits[logits.length - 1];
        }

        /** {@return normed state of the last position} */
        public double[] lastHidden() {
            return hidden[hidden.length - 1];
        }
    }

    public NaiveDecoder(DecoderConfig config, WeightSource source) {
        this(config, source, Edits.NONE);
    }

    public NaiveDecoder(DecoderConfig config, WeightSource source, Edits edits) {
        this.config = config;
        source.names().forEach(name -> weights.put(name, doubles(source.tensor(name))));
        for (Edits.Delta delta : edits.deltas()) {
            this.edits.put(key(delta.step(), delta.layer()), delta);
        }
    }

    /** Runs tokens, each seeing those before it and itself. */
    public Result run(int... tokens) {
        return run(true, Branch.of(DecodeSession.ROOT, Input.of(tokens)));
    }

    /**
     * Runs the branches of one path, one after the other; their parents are not looked at.
     *
     * @param causal whether a position sees only those before it and itself, else it sees all
     */
    public Result run(boolean causal, Branch... path) {
        int positions = Arrays.stream(path).mapToInt(b -> b.input().length()).sum();
        double[][] x = new double[positions][];
        int[] edit = new int[positions];
        Arrays.fill(edit, Branch.NO_EDIT);
        int at = 0;
        for (Branch branch : path) {
            for (double[] row : rows(branch.input())) {
                x[at++] = row;
            }
            edit[at - 1] = branch.edit();
        }
        double[][][] states = new double[config.layers() + 1][][];
        states[0] = copy(x);
        for (int layer = 0; layer < config.layers(); layer++) {
            attention(layer, x, causal);
            for (int t = 0; t < positions; t++) {
                feedForward(layer, x[t], edit[t]);
            }
            states[layer + 1] = copy(x);
        }
        double[][] hidden = new double[positions][];
        double[][] logits = new double[positions][];
        for (int t = 0; t < positions; t++) {
            hidden[t] = norm(x[t], "model.norm.weight");
            logits[t] = times(config.tied() ? "model.embed_tokens.weight" : "lm_head.weight", hidden[t]);
        }
        return new Result(states, hidden, logits);
    }

    /** Adds softmax(q k / sqrt(d)) v, projected, to every row of x. */
    private void attention(int layer, double[][] x, boolean causal) {
        String name = "model.layers." + layer + ".self_attn.";
        int d = config.headDim();
        double[][] q = new double[x.length][];
        double[][] k = new double[x.length][];
        double[][] v = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            double[] in = norm(x[t], "model.layers." + layer + ".input_layernorm.weight");
            q[t] = rotated(times(name + "q_proj.weight", in), name + "q_norm.weight", t);
            k[t] = rotated(times(name + "k_proj.weight", in), name + "k_norm.weight", t);
            v[t] = times(name + "v_proj.weight", in);
        }
        for (int t = 0; t < x.length; t++) {
            double[] mixed = new double[config.heads() * d];
            int seen = causal ? t + 1 : x.length;
            for (int h = 0; h < config.heads(); h++) {
                int kv = h / (config.heads() / config.kvHeads());
                double[] weight = new double[seen];
                double sum = 0;
                for (int s = 0; s < seen; s++) {
                    double dot = 0;
                    for (int i = 0; i < d; i++) {
                        dot += q[t][h * d + i] * k[s][kv * d + i];
                    }
                    weight[s] = Math.exp(dot / Math.sqrt(d));
                    sum += weight[s];
                }
                for (int s = 0; s < seen; s++) {
                    for (int i = 0; i < d; i++) {
                        mixed[h * d + i] += weight[s] / sum * v[s][kv * d + i];
                    }
                }
            }
            add(x[t], times(name + "o_proj.weight", mixed));
        }
    }

    /** Adds W (silu(gate) * up) to x, and B A of an edit to the same activation. */
    private void feedForward(int layer, double[] x, int edit) {
        String name = "model.layers." + layer + ".mlp.";
        double[] in = norm(x, "model.layers." + layer + ".post_attention_layernorm.weight");
        double[] gate = times(name + "gate_proj.weight", in);
        double[] activation = times(name + "up_proj.weight", in);
        for (int i = 0; i < gate.length; i++) {
            activation[i] *= gate[i] / (1 + Math.exp(-gate[i]));
        }
        add(x, times(name + "down_proj.weight", activation));
        Edits.Delta delta = edits.get(key(edit, layer));
        if (delta != null) {
            double[] low = delta.a().length == 0 ? activation : times(delta.a(), activation);
            add(x, times(delta.b(), low));
        }
    }

    /** Normalises each head where the model does, then turns dimension i against dimension i + d/2. */
    private double[] rotated(double[] heads, String normName, int position) {
        int d = config.headDim();
        double[] out = new double[heads.length];
        for (int start = 0; start < heads.length; start += d) {
            double[] head = Arrays.copyOfRange(heads, start, start + d);
            if (config.headNorms()) {
                head = norm(head, normName);
            }
            for (int i = 0; i < d / 2; i++) {
                double angle = position * frequency(i);
                double a = head[i];
                double b = head[i + d / 2];
                out[start + i] = a * Math.cos(angle) - b * Math.sin(angle);
                out[start + i + d / 2] = b * Math.cos(angle) + a * Math.sin(angle);
            }
        }
        return out;
    }

    /** The rule "llama3" of rope_scaling, told in wavelengths. */
    private double frequency(int i) {
        double plain = Math.pow(config.ropeTheta(), -2.0 * i / config.headDim());
        RopeScaling scaling = config.ropeScaling();
        if (scaling.factor() == 1) {
            return plain;
        }
        double wavelength = 2 * Math.PI / plain;
        double original = scaling.originalPositions();
        if (wavelength > original / scaling.lowFrequency()) {
            return plain / scaling.factor();
        }
        if (wavelength < original / scaling.highFrequency()) {
            return plain;
        }
        double smooth =
                (original / wavelength - scaling.lowFrequency()) / (scaling.highFrequency() - scaling.lowFrequency());
        return (1 - smooth) * plain / scaling.factor() + smooth * plain;
    }

    private double[] norm(double[] x, String name) {
        double[] gain = weight(name);
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        double scale = 1 / Math.sqrt(squares / x.length + config.normEpsilon());
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i] * scale * gain[i];
        }
        return out;
    }

    private double[] times(String name, double[] x) {
        double[] matrix = weight(name);
        double[] out = new double[matrix.length / x.length];
        for (int row = 0; row < out.length; row++) {
            for (int i = 0; i < x.length; i++) {
                out[row] += matrix[row * x.length + i] * x[i];
            }
        }
        return out;
    }

    private static double[] times(float[][] matrix, double[] x) {
        double[] out = new double[matrix.length];
        for (int row = 0; row < out.length; row++) {
            for (int i = 0; i < x.length; i++) {
                out[row] += matrix[row][i] * x[i];
            }
        }
        return out;
    }

    private static void add(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[i];
        }
    }

    private double[][] rows(Input input) {
        return switch (input) {
            case Input.Tokens(int[] ids) ->
                Arrays.stream(ids).mapToObj(this::embedding).toArray(double[][]::new);
            case Input.Vectors(float[][] rows) ->
                Arrays.stream(rows).map(NaiveDecoder::widened).toArray(double[][]::new);
        };
    }

    private double[] embedding(int token) {
        int width = config.hidden();
        return Arrays.copyOfRange(weight("model.embed_tokens.weight"), token * width, (token + 1) * width);
    }

    private double[] weight(String name) {
        double[] values = weights.get(name);
        if (values == null) {
            throw new IllegalArgumentException("no weight " + name + " among " + weights.keySet());
        }
        return values;
    }

    private static double[] widened(float[] row) {
        double[] out = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            out[i] = row[i];
        }
        return out;
    }

    private static double[][] copy(double[][] x) {
        return Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
    }

    private static double[] doubles(StoredTensor tensor) {
        var bytes = tensor.data().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        double[] out = new double[Math.toIntExact(tensor.count())];
        if (tensor.type() == StoredType.F32) {
            var floats = bytes.asFloatBuffer();
            Arrays.setAll(out, floats::get);
        } else if (tensor.type() == StoredType.BF16) {
            ShortBuffer high = bytes.asShortBuffer();
            Arrays.setAll(out, i -> Float.intBitsToFloat(high.get(i) << 16));
        } else {
            throw new IllegalArgumentException("no doubles of type " + tensor.type());
        }
        return out;
    }

    private static long key(int step, int layer) {
        return (long) step << 32 | layer;
    }
}
