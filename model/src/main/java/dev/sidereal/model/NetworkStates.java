package dev.sidereal.model;

import dev.sidereal.model.Tokenizer.Tokens;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Token states of a network that can be trained, without gradients.
 *
 * @param dims of a state
 * @param forward token ids of some texts to {@code [texts][tokens][dims]}
 * @param closing frees the network
 */
record NetworkStates(int dims, Function<List<long[]>, Tensor> forward, Runnable closing) implements TokenModel {
    @Override
    public float[] states(Tokens[] texts, int[] batch) {
        List<long[]> ids =
                Arrays.stream(batch).mapToObj(text -> texts[text].ids()).toList();
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            return forward.apply(ids).floats();
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
