package dev.sidereal.train.negatives.source;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.CandidateSource;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.Round;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The nearest documents by the model in training. When its policy says so the corpus and the queries are encoded anew on
 * another thread; until that is done the last finished index is used, so training never waits. Source: Xiong et al., ANCE,
 * arXiv 2007.00808, section 4 and figure 2; their code takes the top 200 and a uniform choice of 20.
 *
 * <p>With {@link #await} after each step the result is a function of the steps alone; without it, it depends on how fast
 * the encoding is. Thread-safe.
 */
public final class AnceSource implements CandidateSource {
    private final LongFunction<DenseIndex> encoding;
    private final RefreshPolicy policy;
    private final Executor executor;
    private volatile Generation current;
    private @Nullable CompletableFuture<Generation> underWay;

    /**
     * Encodes the corpus for step 0 and makes a source.
     *
     * @param encoding encodes documents with the checkpoint of a step into an index that is not changed later; called on
     *     the executor for later steps
     */
    public AnceSource(LongFunction<DenseIndex> encoding, RefreshPolicy policy, Executor executor) {
        this.encoding = encoding;
        this.policy = policy;
        this.executor = executor;
        this.current = new Generation(0, 0, encoding.apply(0));
    }

    /** {@return a source that stays with the index of a step, for who mines a whole set at a time} */
    public static AnceSource at(long step, DenseIndex index) {
        AnceSource source = new AnceSource(_ -> index, (_, _) -> false, Runnable::run);
        source.current = new Generation(0, step, index);
        return source;
    }

    /**
     * A finished index.
     *
     * @param number 0 for the first, one more for each refresh
     * @param step of the checkpoint it was made with
     * @param index the index
     */
    public record Generation(int number, long step, DenseIndex index) {}

    /** {@return the index in use} */
    public Generation generation() {
        return current;
    }

    /**
     * Tells the source how far training is; begins a refresh if one is due and none is under way.
     *
     * @return whether a refresh began
     * @throws RuntimeException what the encoding of an earlier refresh threw
     */
    public synchronized boolean advance(long step) {
        if (underWay != null && underWay.isDone()) {
            await();
        }
        if (underWay != null || !policy.due(step, current.step())) {
            return false;
        }
        int next = current.number() + 1;
        underWay = CompletableFuture.supplyAsync(() -> new Generation(next, step, encoding.apply(step)), executor);
        return true;
    }

    /** Waits for the refresh under way, if any, and uses it. */
    public synchronized void await() {
        if (underWay == null) {
            return;
        }
        CompletableFuture<Generation> done = underWay;
        underWay = null;
        try {
            current = done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public String name() {
        return "ance";
    }

    @Override
    public String fingerprint() {
        return name() + ":" + current.index().name();
    }

    @Override
    public List<List<Candidate>> candidates(List<MiningQuery> queries, int k, Round round) {
        return new DenseSource(name(), current.index()).candidates(queries, k, round);
    }
}
