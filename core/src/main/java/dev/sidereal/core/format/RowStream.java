package dev.sidereal.core.format;

import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Makes a sequential stream of a reader. */
final class RowStream {
    private RowStream() {}

    /** Reads one row; null after the last. */
    @FunctionalInterface
    interface Next<T> {
        @Nullable
        T next();
    }

    static <T> Stream<T> of(Next<T> reader, Runnable close) {
        return StreamSupport.stream(
                        new AbstractSpliterator<T>(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
                            @Override
                            public boolean tryAdvance(Consumer<? super T> action) {
                                T row = reader.next();
                                if (row == null) {
                                    return false;
                                }
                                action.accept(row);
                                return true;
                            }
                        },
                        false)
                .onClose(close);
    }
}
