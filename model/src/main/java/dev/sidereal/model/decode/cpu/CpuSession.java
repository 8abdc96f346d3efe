package dev.sidereal.model.decode.cpu;

import dev.sidereal.model.decode.Branch;
import dev.sidereal.model.decode.DecodeSession;
import dev.sidereal.model.decode.Edits;
import dev.sidereal.model.decode.PathTree;
import java.util.List;

/** A session on the CPU: checks what is fed, grows the tree, and sends rows through the layers in passes. */
final class CpuSession implements DecodeSession {
    private final CpuDecoder decoder;
    private final Workspace space;
    private final LayerStack stack;
    private final PathTree tree;
    private float[][] hidden = new float[0][];
    private boolean closed;

    CpuSession(CpuDecoder decoder, Edits edits, Workspace space, PathTree tree) {
        this.decoder = decoder;
        this.space = space;
        stack = new LayerStack(decoder, edits, space);
        this.tree = tree;
    }

    @Override
    public int[] feed(List<Branch> branches) {
        checkOpen();
        int before = tree.size();
        int[] last = tree.grow(branches);
        try {
            hidden = new float[branches.size()][];
            run(branches, last);
            return last;
        } catch (RuntimeException e) {
            tree.rewind(before);
            throw e;
        }
    }

    private void run(List<Branch> branches, int[] last) {
        OneDnn.get().threads(decoder.threads());
        Pass pass = new Pass(space.rows);
        for (int b = 0; b < last.length; b++) {
            Branch branch = branches.get(b);
            int length = branch.input().length();
            for (int i = 0; i < length; i++) {
                int node = last[b] - length + 1 + i;
                boolean end = i == length - 1;
                pass.add(b, node, tree.depth(node), branch.input(), i, end ? branch.edit() : Branch.NO_EDIT);
                if (end) {
                    pass.needLast();
                }
                if (pass.full()) {
                    stack.run(pass, tree, hidden);
                    pass.clear();
                }
            }
        }
        if (!pass.isEmpty()) {
            stack.run(pass, tree, hidden);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
    }

    @Override
    public float[] logits(int from, int to) {
        checkOpen();
        tree.checkTokens(from, to);
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
