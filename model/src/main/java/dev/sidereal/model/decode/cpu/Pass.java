package dev.sidereal.model.decode.cpu;

import dev.sidereal.model.decode.Branch;
import dev.sidereal.model.decode.Input;

/** Rows that go through the layers at once. Filled, run, cleared, filled again. */
final class Pass {
    final int[] branches;
    final int[] nodes;
    final int[] positions;
    final int[] edits;
    /** The rows whose last hidden state is asked for, ascending. */
    final int[] needed;

    private final Input[] inputs;
    private final int[] offsets;
    private int rows;
    private int neededRows;

    Pass(int most) {
        branches = new int[most];
        nodes = new int[most];
        positions = new int[most];
        edits = new int[most];
        needed = new int[most];
        inputs = new Input[most];
        offsets = new int[most];
    }

    void add(int branch, int node, int position, Input input, int offset, int edit) {
        branches[rows] = branch;
        nodes[rows] = node;
        positions[rows] = position;
        inputs[rows] = input;
        offsets[rows] = offset;
        edits[rows] = edit;
        rows++;
    }

    /** The row that was added last is asked for. */
    void needLast() {
        needed[neededRows++] = rows - 1;
    }

    int rows() {
        return rows;
    }

    int neededRows() {
        return neededRows;
    }

    boolean isEmpty() {
        return rows == 0;
    }

    boolean full() {
        return rows == nodes.length;
    }

    void clear() {
        rows = 0;
        neededRows = 0;
    }

    Input input(int row) {
        return inputs[row];
    }

    int offset(int row) {
        return offsets[row];
    }

    /** Keeps only the rows asked for, in their order. */
    void narrow() {
        for (int i = 0; i < neededRows; i++) {
            int row = needed[i];
            branches[i] = branches[row];
            nodes[i] = nodes[row];
            positions[i] = positions[row];
            edits[i] = edits[row];
            needed[i] = i;
        }
        rows = neededRows;
    }

    boolean edited() {
        for (int row = 0; row < rows; row++) {
            if (edits[row] != Branch.NO_EDIT) {
                return true;
            }
        }
        return false;
    }
}
