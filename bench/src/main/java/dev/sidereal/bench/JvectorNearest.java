package dev.sidereal.bench;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.OnHeapGraphIndex;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

/** JVector used directly: a graph in memory of 16 connections, build width 100, overflow and alpha 1.2, built alone. */
final class JvectorNearest implements Nearest {
    private static final VectorSimilarityFunction DOT = VectorSimilarityFunction.DOT_PRODUCT;
    private static final float OVERFLOW = 1.2f;
    private static final float ALPHA = 1.2f;

    private final ListRandomAccessVectorValues vectors;
    private final VectorFloat<?>[] queries;
    private final GraphSearcher searcher;
    private final double buildSeconds;
    private final double megabytes;

    JvectorNearest(VectorSet set) {
        VectorTypeSupport types = VectorizationProvider.getInstance().getVectorTypeSupport();
        List<VectorFloat<?>> documents = new ArrayList<>();
        for (float[] vector : set.documents()) {
            documents.add(types.createFloatVector(vector));
        }
        this.vectors = new ListRandomAccessVectorValues(documents, set.dims());
        this.queries =
                Arrays.stream(set.queries()).map(types::createFloatVector).toArray(VectorFloat<?>[]::new);
        long start = System.nanoTime();
        OnHeapGraphIndex graph = build(set.dims());
        this.buildSeconds = (System.nanoTime() - start) / 1e9;
        this.megabytes = (graph.ramBytesUsed() + (double) Float.BYTES * documents.size() * set.dims()) / 1e6;
        this.searcher = new GraphSearcher(graph);
    }

    @SuppressWarnings("deprecation") // The other constructor takes a degree for each layer; there is one layer.
    private OnHeapGraphIndex build(int dims) {
        try (ForkJoinPool one = new ForkJoinPool(1)) {
            return (OnHeapGraphIndex) new GraphIndexBuilder(
                            BuildScoreProvider.randomAccessScoreProvider(vectors, DOT),
                            dims,
                            16,
                            100,
                            OVERFLOW,
                            ALPHA,
                            false,
                            true,
                            one,
                            one)
                    .build(vectors);
        }
    }

    @Override
    public String subject() {
        return "jvector";
    }

    @Override
    public String variant() {
        return "";
    }

    @Override
    public double buildSeconds() {
        return buildSeconds;
    }

    @Override
    public double megabytes() {
        return megabytes;
    }

    @Override
    public boolean adjustable() {
        return true;
    }

    @Override
    public Search at(int width) {
        return query -> {
            SearchResult.NodeScore[] nodes = searcher.search(
                            DefaultSearchScoreProvider.exact(queries[query], DOT, vectors),
                            VectorSet.NEIGHBOURS,
                            width,
                            0,
                            0,
                            Bits.ALL)
                    .getNodes();
            return Arrays.stream(nodes).mapToInt(node -> node.node).toArray();
        };
    }

    @Override
    public void close() {
        try {
            searcher.close();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
