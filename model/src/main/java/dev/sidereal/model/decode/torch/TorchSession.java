package dev.sidereal.model.decode.torch;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.decode.Branch;
import dev.sidereal.model.decode.DecodeSession;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.Input;
import dev.sidereal.model.decode.PathTree;
import dev.sidereal.model.tensor.Attention;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session whose keys and values are tensors of fixed capacity, one row a node. Each feed frees what it made. */
final class TorchSession implements DecodeSession {
    private final TrainableDecoder model;
    private final DecoderConfig config;
    private final TorchEdits edits;
    private final PathTree tree;
    private final List<Tensor> keys = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();
    private @Nullable Tensor last;

    TorchSession(TrainableDecoder model, TorchEdits edits, int capacity) {
        this.model = model;
        this.config = model.config();
        this.edits = edits;
        tree = new PathTree(config, capacity);
        for (int layer = 0; layer < config.layers(); layer++) {
            keys.add(rows(capacity));
            values.add(rows(capacity));
        }
    }

    private Tensor rows(int capacity) {
        return TensorScope.release(
                Tensors.zeros(model.dtype(), model.device(), capacity, config.kvHeads(), config.headDim()));
    }

    @Override
    public int[] feed(List<Branch> branches) {
        int before = tree.size();
        int[] nodes = tree.grow(branches);
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            int[] ends = Arrays.stream(nodes).map(node -> node - before).toArray();
            Tensor states = run(branches, before, ends);
            Tensor fed = model.normed(states.indexSelect(0, index(ends)));
            forget();
            last = TensorScope.release(fed);
        } catch (RuntimeException | Error e) {
            tree.rewind(before);
            throw e;
        }
        return nodes;
    }

    /** {@return the residual stream of all new positions after the last layer, {@code [n][hidden]}} */
    private Tensor run(List<Branch> branches, int before, int[] ends) {
        int n = tree.size() - before;
        int[] depths = new int[n];
        Arrays.setAll(depths, i -> tree.depth(before + i));
        Rotary.Turn turn = model.rotary().at(index(depths), model.dtype());
        AttentionPlan plan = AttentionPlan.of(tree, before, branches);
        Block.Mixing mixing = new Paths(plan, before, edits.rows(branches, ends, model.device()));
        Tensor x = embedded(branches, n);
        for (Block block : model.blocks()) {
            x = block.forward(x, turn, mixing);
        }
        return x;
    }

    private Tensor embedded(List<Branch> branches, int n) {
        int[] tokens = new int[n];
        int at = 0;
        for (Branch branch : branches) {
            if (branch.input() instanceof Input.Tokens(int[] ids)) {
                System.arraycopy(ids, 0, tokens, at, ids.length);
            }
            at += branch.input().length();
        }
        Tensor x = model.embed(index(tokens));
        at = 0;
        for (Branch branch : branches) {
            if (branch.input() instanceof Input.Vectors(float[][] rows)) {
                for (float[] row : rows) {
                    x.select(0, at++).copyInPlace(Tensors.of(row, row.length));
                }
            } else {
                at += branch.input().length();
            }
        }
        return x;
    }

    private Tensor index(int[] positions) {
        return Tensors.of(positions, positions.length).to(model.device());
    }

    @Override
    public float[] logits(int from, int to) {
        tree.checkTokens(from, to);
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            return model.logits(fed(), from, to).floats();
        }
    }

    @Override
    public float[][] hidden() {
        float[] flat = fed().floats();
        float[][] rows = new float[flat.length / config.hidden()][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * config.hidden(), (i + 1) * config.hidden()));
        return rows;
    }

    private Tensor fed() {
        if (last == null) {
            throw new BadConfig("A session has no scores or states before its first feed.");
        }
        return last;
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
        forget();
        keys.forEach(Tensor::close);
        values.forEach(Tensor::close);
    }

    private void forget() {
        if (last != null) {
            last.close();
            last = null;
        }
    }

    /** New positions, each looking at its own path. */
    private final class Paths implements Block.Mixing {
        private final AttentionPlan plan;
        private final int before;
        private final List<TorchEdits.Rows> edited;
        private final Tensor mask;
        private final @Nullable Tensor keyNodes;
        private final @Nullable Tensor queryRows;
        private final @Nullable Tensor slots;

        Paths(AttentionPlan plan, int before, List<TorchEdits.Rows> edited) {
            this.plan = plan;
            this.before = before;
            this.edited = edited;
            mask = Tensors.of(plan.mask(), plan.groups(), 1, plan.queries(), plan.keys())
                    .to(model.device())
                    .to(DType.BOOL);
            keyNodes = plan.keysLieInOrder() ? null : index(plan.keyNodes());
            queryRows = plan.groups() == 1 ? null : index(plan.queryRows());
            slots = plan.groups() == 1 ? null : index(plan.slots());
        }

        @Override
        public Tensor attend(int layer, Tensor q, Tensor k, Tensor v) {
            Tensor queries = queryRows == null ? q : q.indexSelect(0, queryRows);
            Tensor gathered = attention(
                    grouped(queries, plan.queries()),
                    grouped(held(keys.get(layer), k), plan.keys()),
                    grouped(held(values.get(layer), v), plan.keys()));
            Tensor out = gathered.transpose(1, 2).reshape((long) plan.groups() * plan.queries(), -1);
            return slots == null ? out : out.indexSelect(0, slots);
        }

        /** The kernel in one piece is made for GPUs: on a CPU it is slower, in bf16 by far. */
        private Tensor attention(Tensor q, Tensor k, Tensor v) {
            return model.device().equals(Device.CPU)
                    ? Attention.writtenOut(q, k, v, mask, 0)
                    : Attention.fused(q, k, v, mask, false);
        }

        /** Takes in rows of new positions, and returns those that the groups look at. */
        private Tensor held(Tensor all, Tensor fresh) {
            all.narrow(0, before, fresh.size(0)).copyInPlace(fresh);
            return keyNodes == null ? all.narrow(0, 0, plan.keys()) : all.indexSelect(0, keyNodes);
        }

        /** {@return {@code [groups * positions][heads][headDim]} as {@code [groups][heads][positions][headDim]}} */
        private Tensor grouped(Tensor rows, int positions) {
            return rows.reshape(plan.groups(), positions, rows.size(1), rows.size(2))
                    .transpose(1, 2);
        }

        @Override
        public Tensor edit(int layer, Tensor activation, Tensor output) {
            return edits.apply(edited, layer, activation, output);
        }
    }
}
