package dev.sidereal.model.decode;

import dev.sidereal.core.error.BadConfig;

/**
 * Inputs that continue a path of a {@link DecodeSession}.
 *
 * @param parent the node whose path is continued, or {@link DecodeSession#ROOT}
 * @param input at least one position
 * @param edit the step of the decoder's {@link Edits} that acts on the last position, or {@link #NO_EDIT}. An edited
 *     position also keeps edited keys and values in the layers above; where later tokens must not see them (the
 *     published behaviour of GenRecEdit), feed the token a second time without the edit and continue from that node
 */
public record Branch(int parent, Input input, int edit) {
    /** No edit acts. */
    public static final int NO_EDIT = -1;

    /** @throws BadConfig if the input is empty */
    public Branch {
        if (input.length() == 0) {
            throw new BadConfig("A branch needs at least one token or vector, got none.");
        }
    }

    /** {@return a branch without an edit} */
    public static Branch of(int parent, Input input) {
        return new Branch(parent, input, NO_EDIT);
    }
}
