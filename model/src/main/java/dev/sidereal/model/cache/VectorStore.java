package dev.sidereal.model.cache;

import dev.sidereal.core.error.Unavailable;
import dev.sidereal.model.cache.RecordLayout.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The vectors of one encoder in one folder. Each writing process holds a segment file of its own, an old one that is
 * free or a new one, so there are as many files as there were ever writers at a time. What other processes append is
 * seen at the next open. Thread-safe.
 */
final class VectorStore implements AutoCloseable {
    private static final String SUFFIX = ".vectors";

    private final Path folder;
    private final RecordLayout layout;
    private final List<Segment> segments = new ArrayList<>();
    private final Places places = new Places();
    private int own = -1;

    private VectorStore(Path folder, RecordLayout layout) {
        this.folder = folder;
        this.layout = layout;
    }

    /** @throws Unavailable if the folder cannot be made, read or written */
    static VectorStore open(Path folder, int dims) {
        VectorStore store = new VectorStore(folder, new RecordLayout(dims));
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX))
                        .sorted()
                        .toList()) {
                    store.add(Segment.open(file, store.layout, store.own < 0));
                }
            }
            if (store.own < 0) {
                store.add(Segment.open(folder.resolve(UUID.randomUUID() + SUFFIX), store.layout, true));
            }
            return store;
        } catch (IOException e) {
            store.close();
            throw store.unavailable(e);
        }
    }

    synchronized Optional<Entry> get(Key key) {
        long place = places.find(key);
        if (place < 0) {
            return Optional.empty();
        }
        try {
            return segments.get(Places.segment(place)).read(Places.index(place), key);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    synchronized void put(Map<Key, Entry> entries) {
        byte[] bytes = new byte[entries.size() * layout.size()];
        int at = 0;
        for (var entry : entries.entrySet()) {
            layout.write(entry.getKey(), entry.getValue(), bytes, at);
            at += layout.size();
        }
        try {
            Segment segment = segments.get(own);
            long index = segment.records();
            segment.append(bytes);
            for (Key key : entries.keySet()) {
                places.put(key, own, index++);
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    synchronized int size() {
        return places.size();
    }

    private void add(Segment segment) throws IOException {
        segments.add(segment);
        if (segment.writable()) {
            own = segments.size() - 1;
        }
        for (long index = 0; index < segment.records(); index++) {
            places.put(segment.key(index), segments.size() - 1, index);
        }
    }

    private Unavailable unavailable(IOException e) {
        return new Unavailable(
                "The vector cache " + folder + " cannot be used (" + e
                        + "); make room there, or set SIDEREAL_CACHE to a folder that can be written.",
                e);
    }

    @Override
    public synchronized void close() {
        for (Segment segment : segments) {
            try {
                segment.close();
            } catch (IOException e) {
                throw unavailable(e);
            }
        }
        segments.clear();
    }
}
