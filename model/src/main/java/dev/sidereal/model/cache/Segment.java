package dev.sidereal.model.cache;

import dev.sidereal.model.cache.RecordLayout.Entry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One append-only file of records. Only its lock's holder writes to it; everybody reads. Not thread-safe.
 *
 * <p>A {@link RandomAccessFile}, since a channel closes when a reading thread is interrupted.
 */
final class Segment implements AutoCloseable {
    private final RandomAccessFile file;
    private final RecordLayout layout;
    private final @Nullable FileLock lock;
    private long records;

    private Segment(RandomAccessFile file, RecordLayout layout, @Nullable FileLock lock) throws IOException {
        this.file = file;
        this.layout = layout;
        this.lock = lock;
        if (lock != null && !headed()) {
            // New, or killed before the header was whole: no record can be in it.
            file.setLength(0);
            file.seek(0);
            file.write(layout.header());
        }
        this.records = headed() ? (file.length() - RecordLayout.HEADER) / layout.size() : 0;
        while (records > 0 && !layout.intact(bytes(records - 1))) {
            records--;
        }
        if (lock != null) {
            file.setLength(end());
        }
    }

    /**
     * Opens a file, made if it is not there. What a killed writer left half-written at its end is not read, and cut off
     * if nobody else writes to it.
     *
     * @param toWrite whether to try for the lock; {@link #writable()} tells whether it was free
     */
    static Segment open(Path path, RecordLayout layout, boolean toWrite) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), toWrite ? "rw" : "r");
        try {
            return new Segment(file, layout, toWrite ? lock(file) : null);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    boolean writable() {
        return lock != null;
    }

    long records() {
        return records;
    }

    Key key(long index) throws IOException {
        file.seek(RecordLayout.HEADER + index * layout.size());
        byte[] key = new byte[Key.BYTES];
        file.readFully(key);
        var bytes = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        return new Key(bytes.getLong(), bytes.getLong());
    }

    Optional<Entry> read(long index, Key key) throws IOException {
        return layout.read(key, bytes(index));
    }

    /** Appends whole records; {@code bytes} holds one after the other. */
    void append(byte[] bytes) throws IOException {
        file.seek(end());
        file.write(bytes);
        records += bytes.length / layout.size();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private boolean headed() throws IOException {
        byte[] expected = layout.header();
        if (file.length() < expected.length) {
            return false;
        }
        byte[] header = new byte[expected.length];
        file.seek(0);
        file.readFully(header);
        return Arrays.equals(header, expected);
    }

    private byte[] bytes(long index) throws IOException {
        byte[] record = new byte[layout.size()];
        file.seek(RecordLayout.HEADER + index * layout.size());
        file.readFully(record);
        return record;
    }

    private long end() {
        return RecordLayout.HEADER + records * layout.size();
    }

    private static @Nullable FileLock lock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
