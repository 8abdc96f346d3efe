package dev.sidereal.model.weights;

import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;

/**
 * A file of weights in memory, read only.
 *
 * @param arena lives as long as the file may be read, from any thread
 */
record MappedFile(Path path, Arena arena, MemorySegment bytes) implements AutoCloseable {
    /**
     * Maps a file and reads it; lets go of it if that fails.
     *
     * @throws BadInput if there is no such file or it cannot be read
     */
    @SuppressWarnings("MustBeClosedChecker") // the arena lives in what was read, which is closed
    static <T> T open(Path file, Function<MappedFile, T> read) {
        if (!Files.isRegularFile(file)) {
            throw new BadInput("There is no file " + file + " to read weights from; check the path.");
        }
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read.apply(new MappedFile(file, arena, channel.map(MapMode.READ_ONLY, 0, channel.size(), arena)));
        } catch (IOException e) {
            arena.close();
            throw new BadInput("The file " + file + " cannot be read: " + e.getMessage() + ".", e);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
