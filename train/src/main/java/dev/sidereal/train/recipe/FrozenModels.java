package dev.sidereal.train.recipe;

import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.tensor.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The models of a run besides the one that is trained; closed together. Not thread-safe. */
final class FrozenModels implements AutoCloseable {
    private final Device device;
    private final Map<String, GradientEncoder> open = new LinkedHashMap<>();
    private final List<GradientEncoder> copies = new ArrayList<>();

    FrozenModels(Device device) {
        this.device = device;
    }

    /** {@return a model that nobody changes, opened once however many stages name it} */
    GradientEncoder open(String spec) {
        return open.computeIfAbsent(spec, name -> GradientEncoder.open(name, device));
    }

    /** {@return a model of that shape for parameters of another} */
    GradientEncoder copy(String spec) {
        copies.add(GradientEncoder.open(spec, device));
        return copies.getLast();
    }

    @Override
    public void close() {
        open.values().forEach(GradientEncoder::close);
        copies.forEach(GradientEncoder::close);
    }
}
