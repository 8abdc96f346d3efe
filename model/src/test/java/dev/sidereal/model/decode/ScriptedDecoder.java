package dev.sidereal.model.decode;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** A decoder whose scores are a function of the path of tokens, for tests of what is built on decoders. */
public final class ScriptedDecoder implements Decoder {
    private final DecoderConfig config;
    private final Function<int[], float[]> scores;
    private int open;

    /** @param scores gives {@code float[vocabulary]} for the tokens up to and with the last */
    public ScriptedDecoder(int vocabulary, int maxPositions, Function<int[], float[]> scores) {
        this.config = new DecoderConfig(
                4, 1, 1, 1, 4, 4, vocabulary, maxPositions, 10_000, RopeScaling.NONE, 1e-6, false, true);
        this.scores = scores;
    }

    /** {@return a decoder that writes a text after any prompt of {@code promptLength} tokens, surely} */
    public static ScriptedDecoder writing(int vocabulary, int promptLength, int... tokens) {
        return new ScriptedDecoder(vocabulary, 10_000, path -> {
            int at = path.length - promptLength;
            return only(vocabulary, tokens[Math.min(at, tokens.length - 1)]);
        });
    }

    /** {@return scores that leave one token} */
    public static float[] only(int vocabulary, int token) {
        float[] scores = new float[vocabulary];
        Arrays.fill(scores, -50);
        scores[token] = 50;
        return scores;
    }

    /** {@return how many sessions are open} */
    public synchronized int openSessions() {
        return open;
    }

    private synchronized void count(int change) {
        open += change;
    }

    @Override
    public DecoderConfig config() {
        return config;
    }

    @Override
    public DecodeSession open(int capacity) {
        count(1);
        return new Session(capacity);
    }

    @Override
    public void close() {}

    private final class Session implements DecodeSession {
        private final PathTree tree;
        private final int[] tokens;
        private int[] last = new int[0];

        Session(int capacity) {
            tree = new PathTree(config, capacity);
            tokens = new int[capacity];
        }

        @Override
        public int[] feed(List<Branch> branches) {
            int at = tree.size();
            last = tree.grow(branches);
            for (Branch branch : branches) {
                for (int id : ((Input.Tokens) branch.input()).ids()) {
                    tokens[at++] = id;
                }
            }
            return last;
        }

        @Override
        public float[] logits(int from, int to) {
            float[] rows = new float[last.length * (to - from)];
            for (int i = 0; i < last.length; i++) {
                int[] path = Arrays.stream(tree.path(last[i]))
                        .map(node -> tokens[node])
                        .toArray();
                System.arraycopy(scores.apply(path), from, rows, i * (to - from), to - from);
            }
            return rows;
        }

        @Override
        public float[][] hidden() {
            return new float[last.length][config.hidden()];
        }

        @Override
        public int size() {
            return tree.size();
        }

        @Override
        public void rewind(int size) {
            tree.rewind(size);
        }

        @Override
        public void close() {
            count(-1);
        }
    }
}
