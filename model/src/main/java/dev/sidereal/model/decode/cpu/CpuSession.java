package dev.sidereal.model.decode.cpu;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BudgetExceeded;
import dev.sidereal.model.decode.Branch;
import dev.sidereal.model.decode.DecodeSession;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.Edits;
import dev.sidereal.model.decode.Input;
import java.util.List;

/** A session on the CPU: checks what is fed, grows the tree, and sends rows through the layers in passes. */
final class CpuSession implements DecodeSession {
    private final CpuDecoder decoder;
    private final DecoderConfig config;
    private final Workspace space;
    private final LayerStack stack;
    private final TokenTree tree;
    private final int capacity;
    private float[][] hidden = new float[0][];
    private boolean closed;

    CpuSession(CpuDecoder decoder, Edits edits, Workspace space, int capacity) {
        this.decoder = decoder;
        this.config = decoder.config();
        this.space = space;
        this.capacity = capacity;
        stack = new LayerStack(decoder, edits, space);
        tree = new TokenTree(capacity);
    }

    @Override
    public int[] feed(List<Branch> branches) {
        check(branches);
        OneDnn.get().threads(decoder.threads());
        int[] last = new int[branches.size()];
        hidden = new float[branches.size()][];
        Pass pass = new Pass(space.rows);
        for (int b = 0; b < last.length; b++) {
            Branch branch = branches.get(b);
            int length = branch.input().length();
            int node = branch.parent();
            for (int i = 0; i < length; i++) {
                node = tree.add(node);
                pass.add(b, node, tree.depth(node), branch.input(), i, i == length - 1 ? branch.edit() : Branch.NO_EDIT);
                if (i == length - 1) {
                    pass.needLast();
                }
                if (pass.full()) {
                    stack.run(pass, tree, hidden);
                    pass.clear();
                }
            }
            last[b] = node;
        }
        if (!pass.isEmpty()) {
            stack.run(pass, tree, hidden);
        }
        return last;
    }

    private void check(List<Branch> branches) {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
        if (branches.isEmpty()) {
            throw new BadConfig("A session is fed at least one branch, got none.");
        }
        long total = tree.size();
        for (Branch branch : branches) {
            int length = branch.input().length();
            total += length;
            if (branch.parent() < ROOT || branch.parent() >= tree.size()) {
                throw new BadConfig("A branch continues node " + branch.parent() + ", but the session holds nodes 0 to "
                        + (tree.size() - 1) + ".");
            }
            long positions = (long) tree.depthAfter(branch.parent()) + length;
            if (positions > config.maxPositions()) {
                throw new BadConfig("A path would grow to " + positions + " positions, the model reads at most "
                        + config.maxPositions() + "; shorten the prompt.");
            }
            checkInput(branch.input());
        }
        if (total > capacity) {
            throw new BudgetExceeded("The session has room for " + capacity + " positions, holds " + tree.size()
                    + " and was fed " + (total - tree.size()) + " more; open it with a larger capacity.");
        }
    }

    private void checkInput(Input input) {
        switch (input) {
            case Input.Tokens tokens -> {
                for (int id : tokens.ids()) {
                    if (id < 0 || id >= config.vocabulary()) {
                        throw new BadConfig("The token " + id + " is outside the vocabulary of " + config.vocabulary()
                                + "; the tokenizer belongs to another model.");
                    }
                }
            }
            case Input.Vectors vectors -> {
                for (float[] row : vectors.rows()) {
                    if (row.length != config.hidden()) {
                        throw new BadConfig("An input vector has " + row.length + " dimensions, the model's are "
                                + config.hidden() + ".");
                    }
                }
            }
        }
    }

    @Override
    public float[] logits(int from, int to) {
        if (from < 0 || to > config.vocabulary() || from >= to) {
            throw new BadConfig("Logits of the tokens " + from + " to " + to + " are asked, the vocabulary has "
                    + config.vocabulary() + ".");
        }
        OneDnn.get().threads(decoder.threads());
        return stack.logits(hidden, from, to);
    }

    @Override
    public float[][] hidden() {
        return hidden;
    }

    @Override
    public int size() {
        return tree.size();
    }

    @Override
    public void rewind(int size) {
        if (size < 0 || size > tree.size()) {
            throw new BadConfig("A session of " + tree.size() + " positions cannot go back to " + size + ".");
        }
        tree.rewind(size);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            decoder.giveBack(space);
        }
    }
}
