package dev.sidereal.core.catalogue;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.Progress;
import dev.sidereal.core.artifact.ContentHash;
import dev.sidereal.core.artifact.Manifest;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.BadRows;
import dev.sidereal.core.format.IdLedger;
import dev.sidereal.core.format.ItemJson;
import dev.sidereal.core.format.JsonLinesWriter;
import dev.sidereal.core.format.QueryFile;
import dev.sidereal.core.format.SourcedItem;
import dev.sidereal.core.format.TrecQrelsFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Fills the folder of one catalogue, checking as it goes. Used once; not thread-safe. */
final class CatalogueWriter {
    private static final int PROGRESS_STEP = 1000;

    private final CatalogueSource source;
    private final CatalogueSettings settings;
    private final Progress progress;
    private final UnaryOperator<OutputStream> disk;
    private final BadRows bad;
    private final IdLedger ids;
    private final ItemTally tally = new ItemTally();
    private final ContentHash hash = new ContentHash();
    private Schema schema = Schema.empty();
    private @Nullable CatalogueReport report;

    CatalogueWriter(
            CatalogueSource source, CatalogueSettings settings, Progress progress, UnaryOperator<OutputStream> disk) {
        this.source = source;
        this.settings = settings;
        this.progress = progress;
        this.disk = disk;
        this.bad = settings.badRows() == 0 ? BadRows.stop() : BadRows.skip(settings.badRows());
        this.ids = new IdLedger(source.items());
    }

    Manifest writeTo(Path folder) throws IOException {
        writeItems(folder.resolve(Catalogue.ITEMS));
        List<String> warnings = new ArrayList<>();
        if (!source.queries().isEmpty()) {
            QueryFile.write(folder.resolve(Catalogue.QUERIES), source.queries());
        }
        source.qrels()
                .forEach((split, qrels) ->
                        TrecQrelsFile.write(folder.resolve(Catalogue.QRELS).resolve(split + ".tsv"), qrels));
        if (!source.links().isEmpty()) {
            LinkFile.write(folder.resolve(Catalogue.LINKS), source.links());
            warnAboutLinks(warnings);
        }
        if (settings.acl() == AclMode.CLOSED) {
            warnAboutReaders(warnings);
        }
        this.report = tally.report(source, schema, bad, warnings);
        return manifest(folder);
    }

    /** {@return the report; after writing} */
    CatalogueReport report() {
        if (report == null) {
            throw new IllegalStateException("nothing was written yet");
        }
        return report;
    }

    private void writeItems(Path file) throws IOException {
        try (Progress.Task task = progress.start("importing items", -1);
                OutputStream raw = disk.apply(Files.newOutputStream(file));
                JsonLinesWriter out = new JsonLinesWriter(new GZIPOutputStream(raw, 1 << 16));
                Stream<SourcedItem> rows = source.items().rows(bad)) {
            int ordinal = 0;
            for (SourcedItem row : (Iterable<SourcedItem>) rows::iterator) {
                if (accept(row, ordinal++)) {
                    tally.add(row.item());
                    hash.add(out.write(ItemJson.write(row.item())));
                }
                if (ordinal % PROGRESS_STEP == 0) {
                    task.advance(PROGRESS_STEP);
                }
            }
            task.advance(ordinal % PROGRESS_STEP);
        }
        if (tally.items() == 0) {
            throw new BadInput(source.name() + " holds no items; a catalogue needs at least one");
        }
    }

    private boolean accept(SourcedItem row, int ordinal) {
        try {
            Schema grown = withFieldsOf(row);
            ids.add(row, ordinal);
            schema = grown;
            return true;
        } catch (BadInput e) {
            bad.reject(e);
            return false;
        }
    }

    private Schema withFieldsOf(SourcedItem row) {
        try {
            return schema.with(row.item());
        } catch (BadInput e) {
            throw new BadInput(row.where() + ": " + e.getMessage() + ", or declare the field's type", e);
        }
    }

    private void warnAboutLinks(List<String> warnings) {
        List<Link> dangling = source.links().stream()
                .filter(link -> !ids.mayContain(link.from()) || !ids.mayContain(link.to()))
                .toList();
        if (!dangling.isEmpty()) {
            warnings.add(dangling.size() + " of " + source.links().size() + " links name an item that is not there, for"
                    + " example '" + dangling.getFirst().from() + "' to '"
                    + dangling.getFirst().to() + "'");
        }
    }

    private void warnAboutReaders(List<String> warnings) {
        if (tally.withoutReaders() > 0) {
            warnings.add(tally.withoutReaders() + " of " + tally.items() + " items state no readers, and in a closed"
                    + " catalogue nobody can read them");
        }
    }

    private Manifest manifest(Path folder) throws IOException {
        String itemsHash = hash.hex();
        ObjectNode contents = Manifest.tree();
        contents.put("items", tally.items());
        contents.put("items_bytes", Files.size(folder.resolve(Catalogue.ITEMS)));
        contents.put("hash", itemsHash);
        contents.put("queries", source.queries().size());
        contents.put("links", source.links().size());
        source.qrels().keySet().forEach(contents.putArray("splits")::add);
        ObjectNode fields = contents.putObject("schema");
        schema.fields().forEach((name, type) -> fields.put(name, type.label()));
        ObjectNode chosen = Manifest.tree();
        chosen.put("acl", settings.acl().label());
        chosen.put("language", settings.language());
        chosen.put("source", source.name());
        chosen.put("bad_rows_left_out", bad.count());
        return Manifest.of(Catalogue.KIND, Catalogue.FORMAT_VERSION)
                .withSource("items", itemsHash)
                .withSettings(chosen)
                .withContents(contents);
    }
}
