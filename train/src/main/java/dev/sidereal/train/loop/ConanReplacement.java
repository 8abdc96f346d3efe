package dev.sidereal.train.loop;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Norms;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.Embedder;
import dev.sidereal.train.LoopPart;
import dev.sidereal.train.data.Batch;
import dev.sidereal.train.data.Row;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.loop.MinedSet.Mined;
import dev.sidereal.train.loss.Embedded;
import dev.sidereal.train.loss.Embedded.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces negatives that have become easy. A query keeps the mean cosine of its negatives from when they came and from
 * when they were last seen; every so many steps those with {@code 1.15 s < s_first} and {@code |s| < 0.8} take the next
 * ones of a list that was mined once. Source: Li et al., Conan-embedding, arXiv 2408.15710, section 3.2, every 100 steps.
 */
public final class ConanReplacement implements LoopPart {
    /** Steps between checks in the paper. */
    public static final long EVERY = 100;

    private static final double EASIER = 1.15;
    private static final double HIGHEST = 0.8;

    private final MinedSet mined;
    private final int width;
    private final long every;
    private final StateFile file;
    private final Map<String, State> states = new TreeMap<>();

    /**
     * Makes the part.
     *
     * @param name tells its files from those of other datasets
     * @param mined deep lists; what is at their end stays
     * @param width how many negatives a query has at a time
     * @param every steps between checks
     */
    public ConanReplacement(String name, MinedSet mined, int width, long every) {
        if (width < 1 || every < 1) {
            throw new BadConfig("Replacement checks rows of at least 1 negative every 1 step or more, got " + width
                    + " and " + every + ".");
        }
        this.mined = mined;
        this.width = width;
        this.every = every;
        this.file = new StateFile("conan-" + name);
    }

    /**
     * Where a query stands.
     *
     * @param from first negative in use
     * @param first mean score when they came; NaN before they were seen
     * @param last mean score when they were last seen
     */
    private record State(int from, double first, double last) {
        State seen(double mean) {
            return new State(from, Double.isNaN(first) ? mean : first, mean);
        }

        boolean easy() {
            return EASIER * last < first && Math.abs(last) < HIGHEST;
        }
    }

    private State state(String query) {
        return states.getOrDefault(query, new State(0, Double.NaN, Double.NaN));
    }

    @Override
    public Batch rows(Batch batch, long step) {
        List<Row> rows = new ArrayList<>();
        for (Row row : batch.rows()) {
            String query = row.example().query().id();
            Mined all = mined.byQuery().get(query);
            rows.add(
                    all == null
                            ? row
                            : new Row(
                                    row.example(),
                                    row.positive(),
                                    inUse(all, state(query)),
                                    List.of(),
                                    row.instructed()));
        }
        return new Batch(batch.dataset(), rows);
    }

    private List<Text> inUse(Mined all, State state) {
        int size = all.negatives().size();
        return all.negatives().subList(Math.min(state.from, size), Math.min(state.from + width, size));
    }

    @Override
    public Embedded vectors(Batch batch, Embedded embedded, long step) {
        if (embedded.has(Role.NEGATIVES)) {
            Tensor query = Norms.unit(embedded.get(Role.QUERY).detach()).unsqueeze(1);
            Tensor negatives = Norms.unit(embedded.get(Role.NEGATIVES).detach());
            double[] cosines = query.mul(negatives).sum(-1).doubles();
            int k = embedded.get(Role.NEGATIVES).size(1);
            for (int row = 0; row < batch.rows().size(); row++) {
                seen(batch.rows().get(row), cosines, row * k);
            }
        }
        return embedded;
    }

    private void seen(Row row, double[] cosines, int from) {
        int count = row.negatives().size();
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += cosines[from + i];
        }
        String query = row.example().query().id();
        if (count > 0) {
            states.put(query, state(query).seen(sum / count));
        }
    }

    @Override
    public void stepped(long step, Embedder embedder) {
        if (step % every == 0) {
            states.replaceAll((query, state) -> {
                Mined all = mined.byQuery().get(query);
                boolean more =
                        all != null && state.from + width < all.negatives().size();
                return more && state.easy() ? new State(state.from + width, Double.NaN, Double.NaN) : state;
            });
        }
    }

    /** {@return the negatives in use of a query} */
    public List<Text> inUse(String query) {
        Mined all = mined.byQuery().get(query);
        return all == null ? List.of() : inUse(all, state(query));
    }

    @Override
    public void save(Path folder, long step) {
        List<ObjectNode> lines = new ArrayList<>();
        states.forEach((query, state) -> lines.add(JsonNodeFactory.instance
                .objectNode()
                .put("query", query)
                .put("from", state.from)
                .put("first", Double.doubleToLongBits(state.first))
                .put("last", Double.doubleToLongBits(state.last))));
        file.write(folder, step, lines);
    }

    @Override
    public void restore(Path folder, long step) {
        for (ObjectNode line : file.read(folder, step)) {
            states.put(
                    line.get("query").stringValue(),
                    new State(
                            line.get("from").intValue(),
                            Double.longBitsToDouble(line.get("first").longValue()),
                            Double.longBitsToDouble(line.get("last").longValue())));
        }
    }

    @Override
    public String toString() {
        return "conan every " + every + " steps, " + width + " of "
                + mined.report().key();
    }
}
