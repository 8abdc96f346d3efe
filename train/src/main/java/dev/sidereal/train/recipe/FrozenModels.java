package dev.sidereal.train.recipe;

import dev.sidereal.core.Closer;
import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.tensor.Device;
import java.util.LinkedHashMap;
import java.util.Map;

/** The models of a run besides the one that is trained; closed together. Not thread-safe. */
final class FrozenModels implements AutoCloseable {
    private final Device device;
    private final Map<String, GradientEncoder> open = new LinkedHashMap<>();
    private long parameters;
    private final Closer closer = new Closer();

    FrozenModels(Device device) {
        this.device = device;
    }

    /** {@return a model that nobody changes, opened once however many stages name it} */
    GradientEncoder open(String spec) {
        return open.computeIfAbsent(spec, this::copy);
    }

    /** {@return a model of that shape for parameters of another} */
    GradientEncoder copy(String spec) {
        GradientEncoder opened = closer.keep(GradientEncoder.open(spec, device));
        parameters += opened.parameters().count();
        return opened;
    }

    /** {@return how many parameters all of them have} */
    long parameters() {
        return parameters;
    }

    @Override
    public void close() {
        closer.close();
    }
}
