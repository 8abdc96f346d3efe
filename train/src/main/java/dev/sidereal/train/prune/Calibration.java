package dev.sidereal.train.prune;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.Linear;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Activations of a network over a small set of texts. The network keeps its listeners: it is to be thrown away. */
final class Calibration {
    private static final int TEXTS = 16;
    /** Where texts are cut. */
    private static final int TOKENS = 256;

    private final Subject subject;
    private final Map<String, ActivationNorms> places = new HashMap<>();
    private @Nullable Tensor mask;

    private Calibration(Subject subject) {
        this.subject = subject;
    }

    static Calibration of(Subject subject, List<String> texts) {
        Calibration calibration = new Calibration(subject);
        calibration.listen();
        for (int from = 0; from < texts.size(); from += TEXTS) {
            calibration.read(texts.subList(from, Math.min(texts.size(), from + TEXTS)));
        }
        return calibration;
    }

    private void listen() {
        Map<String, Linear> maps = new HashMap<>();
        subject.maps().forEach(map -> maps.put(map.name(), map));
        List<String> names = new ArrayList<>();
        for (int layer = 0; layer < subject.layers(); layer++) {
            names.addAll(List.of(
                    subject.attention(layer),
                    subject.joined(layer),
                    subject.feedForward(layer),
                    subject.neurons(layer)));
        }
        for (String name : names) {
            Linear map = Objects.requireNonNull(maps.get(name));
            ActivationNorms norms = new ActivationNorms(map.weight().size(1));
            places.put(name, norms);
            map.listen(input -> norms.add(input, mask));
        }
        places.put(Subject.LAST, new ActivationNorms(subject.hidden()));
    }

    private void read(List<String> texts) {
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            TokenBatch batch = cut(subject.encoder().tokenize(Role.DOCUMENT, texts));
            mask = batch.mask();
            Tensor states = subject.states(batch);
            at(Subject.LAST).add(states, mask);
            mask = null;
        }
    }

    private static TokenBatch cut(TokenBatch batch) {
        if (batch.width() <= TOKENS) {
            return batch;
        }
        Tensor whole = batch.mask();
        return new TokenBatch(batch.ids().narrow(1, 0, TOKENS), whole == null ? null : whole.narrow(1, 0, TOKENS));
    }

    /** {@return activations that the map of that name reads} */
    ActivationNorms at(String map) {
        return Objects.requireNonNull(places.get(map));
    }
}
