package dev.sidereal.train.loop;

import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.train.LoopPart;
import dev.sidereal.train.data.Batch;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.loss.Embedded;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.HashMap;
import java.util.Map;

/**
 * Corrects in-batch scores for documents that stand in many batches: a loss sees {@code log p(n)}, the share of rows that a
 * document is the positive of, and takes it off. Source: Yi et al., RecSys 2019, equation 2.
 *
 * <p>Differs: p is counted in the training set rather than estimated while batches stream by.
 */
public final class LogQ implements LoopPart {
    private final Map<String, Double> shares = new HashMap<>();

    /** Counts how often each document is the positive that a row draws. */
    public LogQ(Dataset dataset) {
        for (Example example : dataset.examples()) {
            double share = 1.0 / example.positives().size() / dataset.examples().size();
            for (Text positive : example.positives()) {
                shares.merge(positive.id(), share, Double::sum);
            }
        }
    }

    /** {@return the share of rows whose positive has that id} */
    double share(String id) {
        return shares.getOrDefault(id, Double.MIN_NORMAL);
    }

    @Override
    public Embedded vectors(Batch batch, Embedded embedded, long step) {
        double[] logs = batch.rows().stream()
                .mapToDouble(row -> Math.log(share(row.positive().id())))
                .toArray();
        var query = embedded.get(Role.QUERY);
        return embedded.with(
                Role.LOG_Q, Tensors.of(logs, logs.length).to(query.dtype()).to(query.device()));
    }

    @Override
    public String toString() {
        return "logq";
    }
}
