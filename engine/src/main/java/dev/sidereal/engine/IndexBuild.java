package dev.sidereal.engine;

import dev.sidereal.core.Item;
import dev.sidereal.core.Progress;
import dev.sidereal.core.format.TextHash;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.ItemWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Brings an index in line with a stream of items: new and changed items are written, unchanged ones skipped, items that
 * are no longer there removed. Streams; killed at any time, the next run goes on from the last commit.
 */
public final class IndexBuild {
    private static final int BATCH_ITEMS = 512;
    private static final long BATCH_CHARS = 1 << 20;
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(20);

    private final CatalogueIndex index;
    private final Progress progress;
    private final Duration commitEvery;

    /** @param index opened for writing */
    public IndexBuild(CatalogueIndex index, Progress progress) {
        this(index, progress, COMMIT_EVERY);
    }

    IndexBuild(CatalogueIndex index, Progress progress, Duration commitEvery) {
        this.index = index;
        this.progress = progress;
        this.commitEvery = commitEvery;
    }

    /**
     * What a build did.
     *
     * @param items in the source
     * @param removed items that were in the index and not in the source
     * @param put what was written
     * @param seconds wall-clock
     */
    public record Report(long items, int removed, ItemWriter.Report put, double seconds) {}

    /**
     * Runs the build and commits.
     *
     * @param items the whole source; closed at the end
     * @param count how many there are, -1 if unknown
     */
    public Report run(Stream<Item> items, long count) {
        long start = System.nanoTime();
        long seen = 0;
        ItemWriter.Report put = ItemWriter.Report.none();
        Set<Long> ids = new HashSet<>();
        try (items;
                Progress.Task task = progress.start("indexing", count)) {
            long committed = start;
            Iterator<Item> source = items.iterator();
            while (source.hasNext()) {
                List<Item> batch = next(source);
                batch.forEach(item -> ids.add(TextHash.of(item.id())));
                put = put.plus(index.writer().put(batch));
                seen += batch.size();
                task.advance(batch.size());
                if (System.nanoTime() - committed > commitEvery.toNanos()) {
                    index.writer().commit();
                    committed = System.nanoTime();
                }
            }
        }
        int removed = index.writer().retain(id -> ids.contains(TextHash.of(id)));
        index.writer().commit();
        index.refresh();
        return new Report(seen, removed, put, (System.nanoTime() - start) / 1e9);
    }

    private static List<Item> next(Iterator<Item> source) {
        List<Item> batch = new ArrayList<>();
        long chars = 0;
        while (source.hasNext() && batch.size() < BATCH_ITEMS && chars < BATCH_CHARS) {
            Item item = source.next();
            batch.add(item);
            chars += item.text().length()
                    + item.sections().stream().mapToLong(s -> s.text().length()).sum();
        }
        return batch;
    }
}
