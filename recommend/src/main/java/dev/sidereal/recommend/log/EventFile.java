package dev.sidereal.recommend.log;

import dev.sidereal.core.Interaction;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.BadRows;
import dev.sidereal.core.format.CsvReader;
import dev.sidereal.core.format.CsvRow;
import dev.sidereal.core.format.JsonLinesReader;
import dev.sidereal.core.format.JsonRow;
import dev.sidereal.core.format.TextSource;
import dev.sidereal.recommend.log.EventColumnMap.Role;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** Files of events in the forms people have, plain or gzip, each read as a stream. */
public final class EventFile {
    private EventFile() {}

    /**
     * {@return the events of a table with a header: commas, tabs or semicolons; RecBole's {@code .inter} files among them}
     *
     * @param delimiter the character between values, or {@link CsvReader#SNIFF}
     */
    public static EventSource table(Path file, char delimiter, EventColumnMap map) {
        return (bad, sink) -> {
            try (CsvReader reader = CsvReader.open(file, delimiter)) {
                Map<Role, String> names = map.over(reader.header(), file.toString());
                Map<Role, Integer> places = new EnumMap<>(Role.class);
                names.forEach((role, name) -> places.put(role, reader.header().indexOf(name)));
                long number = 0;
                for (CsvRow row = reader.next(); row != null; row = reader.next()) {
                    Map<Role, String> values = new EnumMap<>(Role.class);
                    for (Map.Entry<Role, Integer> place : places.entrySet()) {
                        values.put(place.getKey(), row.cells().get(place.getValue()));
                    }
                    give(values, number++, row.where(), bad, sink);
                }
            }
        };
    }

    /** {@return the events of JSON lines, one an object, keys by the map or by the names that logs use} */
    public static EventSource json(Path file, EventColumnMap map) {
        return (bad, sink) -> {
            try (JsonLinesReader reader = JsonLinesReader.open(file)) {
                long number = 0;
                for (JsonRow row = reader.next(); row != null; row = reader.next()) {
                    try {
                        Map<Role, String> values = new EnumMap<>(Role.class);
                        for (Map.Entry<Role, String> name : map.over(row.node().propertyNames(), row.where())
                                .entrySet()) {
                            values.put(name.getKey(), scalar(row, name.getValue()));
                        }
                        give(values, number++, row.where(), bad, sink);
                    } catch (BadInput e) {
                        bad.reject(e);
                    }
                }
            }
        };
    }

    private static String scalar(JsonRow row, String key) {
        JsonNode value = row.node().path(key);
        if (value.isContainer()) {
            throw row.error("'" + key + "' must be a text or a number, got an array or an object");
        }
        return value.isNull() ? "" : value.asString();
    }

    /**
     * {@return the events of lines {@code user <tab> item item item}, whose order is all that is known: the time of an event
     * is its place from 0}
     */
    public static EventSource sequences(Path file) {
        return (bad, sink) -> {
            try (TextSource source = TextSource.open(file)) {
                for (String line = source.next(); line != null; line = source.next()) {
                    if (line.isBlank()) {
                        continue;
                    }
                    String[] cells = line.split("\t", -1);
                    if (cells.length != 2 || cells[0].isBlank() || cells[1].isBlank()) {
                        bad.reject(new BadInput(
                                source.where() + ": expected a user, a tab, and items parted by blanks, got "
                                        + cells.length + " columns"));
                        continue;
                    }
                    String[] items = cells[1].strip().split(" +");
                    for (int i = 0; i < items.length; i++) {
                        sink.accept(Interaction.of(cells[0].strip(), items[i], i), source.where());
                    }
                }
            }
        };
    }

    /**
     * {@return the events of a table without header whose columns are known: MovieLens' {@code u.data} (tabs) and
     * {@code ratings.dat} ({@code ::}), Amazon's files of ratings (commas)}
     *
     * @param separator what stands between values; there are no quotes
     */
    public static EventSource bare(Path file, String separator, List<Role> columns) {
        return (bad, sink) -> {
            try (TextSource source = TextSource.open(file)) {
                long number = 0;
                for (String line = source.next(); line != null; line = source.next()) {
                    if (line.isBlank()) {
                        continue;
                    }
                    String[] cells = line.split(java.util.regex.Pattern.quote(separator), -1);
                    if (cells.length != columns.size()) {
                        bad.reject(new BadInput(source.where() + ": expected " + columns.size() + " values parted by '"
                                + separator + "', got " + cells.length));
                        continue;
                    }
                    Map<Role, String> values = new EnumMap<>(Role.class);
                    for (int i = 0; i < cells.length; i++) {
                        values.put(columns.get(i), cells[i]);
                    }
                    give(values, number++, source.where(), bad, sink);
                }
            }
        };
    }

    private static void give(
            Map<Role, String> values, long number, String where, BadRows bad, BiConsumer<Interaction, String> sink) {
        Interaction event;
        try {
            event = EventText.event(values, number, where);
        } catch (BadInput e) {
            bad.reject(e);
            return;
        }
        sink.accept(event, where);
    }
}
