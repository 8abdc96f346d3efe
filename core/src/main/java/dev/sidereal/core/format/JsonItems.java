package dev.sidereal.core.format;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.error.BadInput;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The items of a JSON lines file, one {@link ItemJson} a line. Thread-safe; its streams are not. */
public final class JsonItems implements ItemSource {
    private final Path file;
    private final ItemJson json;

    /**
     * Reads a file, plain or gzip.
     *
     * @param declared types of fields that are not left to inference
     */
    public JsonItems(Path file, Map<String, FieldType> declared) {
        this.file = file;
        this.json = new ItemJson(declared);
    }

    @Override
    public Stream<SourcedItem> rows(BadRows bad) {
        JsonLinesReader reader = JsonLinesReader.open(file);
        return RowStream.of(() -> next(reader, bad), reader::close);
    }

    private @Nullable SourcedItem next(JsonLinesReader reader, BadRows bad) {
        while (true) {
            String line = reader.nextLine();
            if (line == null) {
                return null;
            }
            try {
                JsonRow row = reader.parse(line);
                return new SourcedItem(json.read(row), row.where());
            } catch (BadInput e) {
                bad.reject(e);
            }
        }
    }
}
