package dev.sidereal.train.recipe;

import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.tensor.Device;
import java.util.LinkedHashMap;
import java.util.Map;

/** The frozen models of a run, each opened once however many stages name it. */
final class Teachers implements AutoCloseable {
    private final Device device;
    private final Map<String, GradientEncoder> open = new LinkedHashMap<>();

    Teachers(Device device) {
        this.device = device;
    }

    GradientEncoder open(String spec) {
        return open.computeIfAbsent(spec, name -> GradientEncoder.open(name, device));
    }

    @Override
    public void close() {
        open.values().forEach(GradientEncoder::close);
    }
}
