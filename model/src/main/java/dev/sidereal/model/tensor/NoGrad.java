package dev.sidereal.model.tensor;

import org.bytedeco.pytorch.GradMode;

/** Until it is closed, its thread records no gradients and {@link Activations#dropout} lets everything through. */
public final class NoGrad implements AutoCloseable {
    private final boolean before;

    /** Begins. */
    public NoGrad() {
        Torch.load();
        before = GradMode.is_enabled();
        GradMode.set_enabled(false);
    }

    /** {@return whether the calling thread records gradients} */
    static boolean recording() {
        return GradMode.is_enabled();
    }

    @Override
    public void close() {
        GradMode.set_enabled(before);
    }
}
