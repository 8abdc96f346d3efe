package dev.sidereal.model.tensor;

import java.util.Iterator;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/**
 * Frees at its end every tensor that its thread made since it began: one around each training step or generated token.
 * Scopes nest and end in reverse order, in {@code try} statements of one thread. A tensor made outside any scope lives
 * until it is closed or collected.
 */
public final class TensorScope implements AutoCloseable {
    private final @Nullable PointerScope enclosing;
    private final PointerScope scope;

    /** Begins a scope. */
    public TensorScope() {
        Torch.load();
        enclosing = PointerScope.getInnerScope();
        scope = new PointerScope();
    }

    /**
     * {@return the tensor, which now belongs to the enclosing scope, or to nobody if there is none; one that outlives
     * this scope anyway stays as it is}
     */
    @SuppressWarnings("ReferenceEquality") // scopes are themselves, whatever they hold
    public Tensor keep(Tensor tensor) {
        PointerScope owner = tensor.owner();
        Iterator<PointerScope> open = PointerScope.getScopeIterator();
        while (owner != null && open.hasNext()) {
            PointerScope next = open.next();
            if (next == owner) {
                tensor.moveTo(enclosing);
            }
            if (next == owner || next == scope) {
                return tensor;
            }
        }
        return tensor;
    }

    /** {@return the tensor, which now belongs to no scope and lives until it is closed} */
    public static Tensor release(Tensor tensor) {
        tensor.moveTo(null);
        return tensor;
    }

    @Override
    public void close() {
        scope.close();
    }
}
