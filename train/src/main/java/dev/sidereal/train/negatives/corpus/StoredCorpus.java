package dev.sidereal.train.negatives.corpus;

import dev.sidereal.core.Item;
import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.artifact.ContentHash;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.core.format.TextHash;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.negatives.Corpus;
import dev.sidereal.train.negatives.NormalText;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A corpus in a file that is mapped, not read: about 40 bytes of heap a document, whatever its length. The text of an item
 * is its title, its text and its sections, with single spaces between. Thread-safe until closed.
 */
public final class StoredCorpus implements Corpus, AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment bytes;
    private final Columns columns;
    private final IdTable ids;

    private StoredCorpus(Path file, Columns columns) {
        this.columns = columns;
        try (FileChannel channel = FileChannel.open(file)) {
            this.bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException e) {
            arena.close();
            throw new Unavailable("cannot map " + file + ": " + e, e);
        }
        this.ids = new IdTable(columns.size, this::id);
    }

    /**
     * Writes the items to a work file and opens it; passages of equal title belong together.
     *
     * @param file replaced if it is there; not deleted at close
     * @param items read once, not closed
     * @throws BadInput if there are no items or an id repeats
     */
    public static StoredCorpus build(Path file, Stream<Item> items) {
        return build(file, items, item -> item.title().isBlank() ? item.id() : NormalText.of(item.title()));
    }

    /**
     * As {@link #build(Path, Stream)}, with a rule for what belongs together.
     *
     * @param group the name of the page, section or family that an item is a part of
     */
    public static StoredCorpus build(Path file, Stream<Item> items, Function<Item, String> group) {
        Columns columns = new Columns();
        AtomicFile.write(file, out -> {
            for (Iterator<Item> each = items.iterator(); each.hasNext(); ) {
                Item item = each.next();
                String text = Text.of(item).text();
                byte[] id = item.id().getBytes(StandardCharsets.UTF_8);
                byte[] body = text.getBytes(StandardCharsets.UTF_8);
                out.write(id);
                out.write(body);
                columns.add(item.id(), text, id.length, body.length, TextHash.of(group.apply(item)));
            }
            if (columns.size == 0) {
                throw new BadInput("the corpus is empty: there is nothing to mine negatives from");
            }
        });
        columns.finish();
        StoredCorpus corpus = new StoredCorpus(file, columns);
        try {
            corpus.ids.fill();
        } catch (BadInput e) {
            corpus.close();
            throw e;
        }
        return corpus;
    }

    /** As {@link #build(Path, Stream)}, into a file of its own in the folder of temporary files. */
    public static StoredCorpus temporary(Stream<Item> items) {
        try {
            Path file = Files.createTempFile("sidereal-corpus", ".bytes");
            file.toFile().deleteOnExit();
            return build(file, items);
        } catch (IOException e) {
            throw new Unavailable("cannot make a temporary file for the corpus: " + e, e);
        }
    }

    @Override
    public int size() {
        return columns.size;
    }

    @Override
    public String id(int document) {
        return read(columns.starts[document], columns.idLengths[document]);
    }

    @Override
    public int find(String id) {
        return ids.find(id);
    }

    @Override
    public String text(int document) {
        long from = columns.starts[document] + columns.idLengths[document];
        return read(from, (int) (columns.starts[document + 1] - from));
    }

    @Override
    public long textHash(int document) {
        return columns.textHashes[document];
    }

    @Override
    public long group(int document) {
        return columns.groups[document];
    }

    @Override
    public String hash() {
        return columns.hash;
    }

    private String read(long from, int length) {
        byte[] copy = bytes.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE);
        return new String(copy, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        arena.close();
    }

    /** What is kept of each document in the heap. */
    private static final class Columns {
        private static final int FIRST_ROOM = 1024;

        private final ContentHash content = new ContentHash();
        private long[] starts = new long[FIRST_ROOM + 1];
        private int[] idLengths = new int[FIRST_ROOM];
        private long[] textHashes = new long[FIRST_ROOM];
        private long[] groups = new long[FIRST_ROOM];
        private int size;
        private String hash = "";

        void add(String id, String text, int idLength, int bodyLength, long group) {
            if (size == idLengths.length) {
                int room = size + (size >> 1);
                starts = Arrays.copyOf(starts, room + 1);
                idLengths = Arrays.copyOf(idLengths, room);
                textHashes = Arrays.copyOf(textHashes, room);
                groups = Arrays.copyOf(groups, room);
            }
            content.add(id).add(text);
            idLengths[size] = idLength;
            textHashes[size] = NormalText.hash(text);
            groups[size] = group;
            starts[size + 1] = starts[size] + idLength + bodyLength;
            size++;
        }

        void finish() {
            hash = content.hex();
        }
    }
}
