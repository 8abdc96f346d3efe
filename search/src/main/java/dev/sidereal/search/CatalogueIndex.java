package dev.sidereal.search;

import dev.sidereal.core.Deadline;
import dev.sidereal.core.Encoder;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.Hit;
import dev.sidereal.core.Principal;
import dev.sidereal.core.Retriever;
import dev.sidereal.core.SearchRequest;
import dev.sidereal.core.artifact.ArtifactFolder;
import dev.sidereal.core.artifact.Manifest;
import dev.sidereal.core.catalogue.Schema;
import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.CorruptArtifact;
import dev.sidereal.core.error.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.ReaderManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * The embedded index of a catalogue: a folder with a manifest and a Lucene index, which always opens at its last
 * commit. Many may read, one may write; a reader sees what was committed, and in the writer's process also what was
 * refreshed since. Thread-safe.
 */
public final class CatalogueIndex implements AutoCloseable {
    private static final String LUCENE = "lucene";

    private final Path folder;
    private final IndexSettings settings;
    private final Analyzer analyzer;
    private final Directory directory;
    private final @Nullable ItemWriter writer;
    private final ReaderManager readers;
    private final LegSet legs;
    private final BlockParents parents = new BlockParents();
    private final PermittedDocsCache permitted = new PermittedDocsCache();
    private volatile CalibratedSum fusion;

    private CatalogueIndex(Path folder, IndexSettings settings, @Nullable Encoder encoder, boolean write)
            throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.fusion = FusionWeights.read(folder);
        this.analyzer = Analysis.of(settings.language());
        this.legs = new LegSet(settings, analyzer, encoder);
        this.directory = FSDirectory.open(folder.resolve(LUCENE));
        this.writer = write ? new ItemWriter(folder, directory, settings, analyzer, encoder) : null;
        this.readers = writer == null ? new ReaderManager(directory) : writer.readers();
    }

    /**
     * Makes an empty index.
     *
     * @param folder must not exist, or hold an index, which is replaced
     */
    public static void create(Path folder, IndexSettings settings) {
        ArtifactFolder.write(folder, empty -> {
            Path lucene = Files.createDirectory(empty.resolve(LUCENE));
            try (Directory directory = FSDirectory.open(lucene)) {
                ItemWriter.initialise(directory);
            }
            return IndexManifest.of(settings);
        });
    }

    /** {@return the settings an index was made with} */
    public static IndexSettings settings(Path folder) {
        return IndexManifest.settings(manifest(folder), folder);
    }

    /**
     * Opens an index that has no dense leg, for reading.
     *
     * @throws BadConfig if it has one: its encoder is needed
     */
    public static CatalogueIndex open(Path folder) {
        return open(folder, null, false);
    }

    /**
     * Opens an index for reading.
     *
     * @param encoder the one that it was made with; stays the caller's to close
     * @throws ArtifactMismatch if it was made with another; names both
     */
    public static CatalogueIndex open(Path folder, Encoder encoder) {
        return open(folder, encoder, false);
    }

    /** Opens an index without dense leg for reading and writing; see {@link #open(Path)}. */
    public static CatalogueIndex openForWriting(Path folder) {
        return open(folder, null, true);
    }

    /**
     * Opens an index for reading and writing; see {@link #open(Path, Encoder)}.
     *
     * @throws Unavailable if another process writes it
     */
    public static CatalogueIndex openForWriting(Path folder, Encoder encoder) {
        return open(folder, encoder, true);
    }

    private static CatalogueIndex open(Path folder, @Nullable Encoder encoder, boolean write) {
        IndexSettings settings = settings(folder);
        check(folder, settings, encoder);
        try {
            return new CatalogueIndex(folder, settings, encoder, write);
        } catch (LockObtainFailedException e) {
            throw new Unavailable(
                    "another process is writing the index " + folder + "; wait until it is done or stop it", e);
        } catch (IndexNotFoundException e) {
            throw new CorruptArtifact(
                    "the index " + folder + " is damaged: there is no commit in " + folder.resolve(LUCENE)
                            + " (no file segments_*); restore it from a copy or index again into another folder",
                    e);
        } catch (CorruptIndexException | IndexFormatTooOldException | IndexFormatTooNewException e) {
            throw new CorruptArtifact(
                    "the index " + folder + " is damaged: " + e.getMessage()
                            + "; restore it from a copy or index again",
                    e);
        } catch (IOException e) {
            throw new Unavailable("cannot open the index " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void check(Path folder, IndexSettings settings, @Nullable Encoder encoder) {
        if (settings.dense() == null) {
            return;
        }
        EncoderCard expected = settings.dense().encoder();
        if (encoder == null) {
            throw new BadConfig(
                    "the index " + folder + " has a dense leg: open it with its encoder, " + expected.name());
        }
        EncoderCard got = encoder.card();
        if (!got.fingerprint().equals(expected.fingerprint())) {
            throw new ArtifactMismatch("the index " + folder + " was made with encoder " + expected.name() + " ("
                    + expected.fingerprint() + ", " + expected.dims() + " dims), got " + got.name() + " ("
                    + got.fingerprint() + ", " + got.dims()
                    + " dims); open it with its own encoder or index again with this one");
        }
    }

    private static Manifest manifest(Path folder) {
        return ArtifactFolder.open(folder, IndexManifest.KIND, IndexManifest.FORMAT_VERSION)
                .manifest();
    }

    /** {@return how this index was made} */
    public IndexSettings settings() {
        return settings;
    }

    /** {@return the names of its legs} */
    public List<String> legs() {
        return legs.names();
    }

    /**
     * {@return the writer}
     *
     * @throws BadConfig if the index was opened for reading
     */
    public ItemWriter writer() {
        if (writer == null) {
            throw new BadConfig("the index " + folder + " was opened for reading");
        }
        return writer;
    }

    /** Makes what was committed, or put by this process's writer, visible to snapshots taken from now on. */
    public void refresh() {
        try {
            readers.maybeRefreshBlocking();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the index as it is now, as the principal sees it; close it soon} */
    public IndexSnapshot snapshot(Principal principal) {
        return snapshot(principal, Deadline.none());
    }

    /**
     * {@return the index as it is now, as the principal sees it; close it soon}
     *
     * @param deadline after which every call of the snapshot ends with {@link
     *     dev.sidereal.core.error.BudgetExceeded}, whichever leg it is in
     */
    public IndexSnapshot snapshot(Principal principal, Deadline deadline) {
        DirectoryReader reader = null;
        try {
            reader = readers.acquire();
            Bm25 bm25 = settings.lexical() == null
                    ? new Bm25(0, 0)
                    : new Bm25(settings.lexical().k1(), settings.lexical().b());
            View view = new View(reader, principal, bm25, permitted, parents, deadline);
            DirectoryReader held = reader;
            return new IndexSnapshot(
                    view,
                    schema(reader),
                    fusion,
                    legs,
                    new PassageSplitter(settings.passageChars()),
                    () -> release(held));
        } catch (IOException | RuntimeException e) {
            if (reader != null) {
                release(reader);
            }
            throw e instanceof IOException io ? new UncheckedIOException(io) : (RuntimeException) e;
        }
    }

    /** {@return the fusion that was fitted for this index, the default one if none was} */
    public CalibratedSum fusion() {
        return fusion;
    }

    /** Keeps a fitted fusion with the index. */
    public void keep(CalibratedSum fitted) {
        FusionWeights.write(folder, fitted);
        fusion = fitted;
    }

    /** {@return this index under a blend as a retriever; each call sees the index as it is then} */
    public Retriever retriever(String name, Blend blend) {
        return new Retriever() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Hit> retrieve(SearchRequest request) {
                try (IndexSnapshot snapshot = snapshot(request.principal(), request.deadline())) {
                    return snapshot.search(request.text(), request.k(), request.filter(), blend);
                }
            }
        };
    }

    private Schema schema(DirectoryReader reader) throws IOException {
        return writer == null ? CommittedSchema.read(reader.getIndexCommit().getUserData()) : writer.schema();
    }

    private void release(DirectoryReader reader) {
        try {
            readers.release(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits what was put and closes the files. */
    @Override
    public void close() {
        try {
            IOUtils.close(readers, writer == null ? null : writer::close, analyzer, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
