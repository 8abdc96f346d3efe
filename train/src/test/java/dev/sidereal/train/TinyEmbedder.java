package dev.sidereal.train;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.model.Pooling;
import dev.sidereal.model.encoder.Activation;
import dev.sidereal.model.encoder.Bert;
import dev.sidereal.model.encoder.BertConfig;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Torch;
import java.util.List;

/** A small random encoder that reads letters. */
public record TinyEmbedder(Bert bert) implements Embedder, AutoCloseable {
    public static TinyEmbedder of(double dropout) {
        return of(dropout, 32);
    }

    static TinyEmbedder of(double dropout, int hidden) {
        Torch.seed(5);
        BertConfig config = new BertConfig(
                BertConfig.Family.BERT, 130, hidden, 2, 2, 64, 64, 1, 1e-12, Activation.GELU, dropout, dropout, 0);
        return new TinyEmbedder(Bert.random(config, Device.CPU));
    }

    @Override
    public TokenBatch tokenize(Role role, List<String> texts) {
        List<long[]> ids = texts.stream()
                .map(text -> (role == Role.QUERY ? "?" + text : text)
                        .chars()
                        .mapToLong(c -> c)
                        .toArray())
                .toList();
        return TokenBatch.of(ids, 0, Device.CPU);
    }

    @Override
    public Tensor embed(TokenBatch batch) {
        return batch.pool(Pooling.MEAN, bert.states(batch).getLast());
    }

    @Override
    public Parameters parameters() {
        return bert.parameters();
    }

    @Override
    public Device device() {
        return Device.CPU;
    }

    @Override
    public void close() {
        bert.close();
    }
}
