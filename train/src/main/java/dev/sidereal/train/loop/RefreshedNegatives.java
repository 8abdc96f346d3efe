package dev.sidereal.train.loop;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.train.Embedder;
import dev.sidereal.train.LiveEncoder;
import dev.sidereal.train.LoopPart;
import dev.sidereal.train.data.Batch;
import dev.sidereal.train.data.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Mines a dataset anew while it is trained. Every so many steps the model's parameters are copied, and on another thread
 * all documents and queries are encoded with the copy and mined; training goes on with the last finished set meanwhile and
 * takes the new one an interval after it was begun, waiting for it only if it is not there yet. So the negatives of each
 * step are a function of the steps, whatever the speed of the machine. Source: Xiong et al., ANCE, arXiv 2007.00808, figure
 * 2; with the strategy {@code cl-drd} the curriculum moves with each set.
 */
public final class RefreshedNegatives implements LoopPart {
    private final String name;
    private final MiningJob job;
    private final Embedder copy;
    private final boolean bf16;
    private final long every;
    private final int width;
    private final Consumer<MinedSet> heard;
    private final StateFile file;
    private MinedSet current;
    private @Nullable Pending pending;

    /**
     * Makes the part.
     *
     * @param name tells its files from those of other datasets
     * @param first what was mined before training
     * @param copy a second model of the same shape, whose parameters are overwritten; used by no one else
     * @param bf16 whether the copy computes products in bf16
     * @param every how many steps between two sets
     * @param width how many negatives a row of a batch has
     * @param heard hears of each set that is taken into use
     */
    public RefreshedNegatives(
            String name,
            MiningJob job,
            MinedSet first,
            Embedder copy,
            boolean bf16,
            long every,
            int width,
            Consumer<MinedSet> heard) {
        if (every < 1 || width < 1) {
            throw new BadConfig("Negatives are mined anew every 1 step or more for rows of at least 1 negative, got "
                    + every + " and " + width + ".");
        }
        this.name = name;
        this.job = job;
        this.current = first;
        this.copy = copy;
        this.bf16 = bf16;
        this.every = every;
        this.width = width;
        this.heard = heard;
        this.file = new StateFile("mined-" + name);
    }

    private record Pending(long step, CompletableFuture<MinedSet> set) {
        MinedSet join() {
            try {
                return set.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw e;
            }
        }
    }

    /** {@return the set in use} */
    public MinedSet current() {
        return current;
    }

    @Override
    public Batch rows(Batch batch, long step) {
        List<Row> rows = new ArrayList<>();
        for (Row row : batch.rows()) {
            MinedSet.Mined mined = current.byQuery().get(row.example().query().id());
            rows.add(mined == null ? row : new RowDraw(row, step).of(mined, width));
        }
        return new Batch(batch.dataset(), rows);
    }

    @Override
    public void stepped(long step, Embedder embedder) {
        if (pending != null && step >= pending.step + every) {
            current = pending.join();
            pending = null;
            heard.accept(current);
        }
        if (pending == null && step % every == 0) {
            copyParameters(embedder.parameters(), copy.parameters());
            CompletableFuture<MinedSet> set = new CompletableFuture<>();
            Thread.ofPlatform().daemon().name("mining " + name).start(() -> {
                try {
                    set.complete(job.mine(new LiveEncoder(copy, "step " + step, bf16), step));
                } catch (Throwable e) {
                    set.completeExceptionally(e);
                }
            });
            pending = new Pending(step, set);
        }
    }

    private static void copyParameters(Parameters from, Parameters to) {
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            from.all().forEach((name, tensor) -> to.get(name).copyInPlace(tensor));
        }
    }

    /** Waits for the set under way, since its parameters will be gone. */
    @Override
    public void save(Path folder, long step) {
        List<ObjectNode> lines = new ArrayList<>(MinedLines.of(current));
        if (pending != null) {
            lines.addAll(MinedLines.of(pending.join()));
        }
        file.write(folder, step, lines);
    }

    @Override
    public void restore(Path folder, long step) {
        List<MinedSet> sets = MinedLines.read(file.read(folder, step), job, current.report());
        current = sets.getFirst();
        heard.accept(current);
        if (sets.size() > 1) {
            pending = new Pending(sets.getLast().step(), CompletableFuture.completedFuture(sets.getLast()));
        }
    }

    @Override
    public void finish() {
        if (pending != null) {
            pending.set.handle((_, _) -> true).join();
        }
    }

    @Override
    public String toString() {
        return "negatives mined every " + every + " steps: " + job;
    }
}
