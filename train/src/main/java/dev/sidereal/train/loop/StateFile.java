package dev.sidereal.train.loop;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.core.format.JsonLinesReader;
import dev.sidereal.core.format.JsonLinesWriter;
import dev.sidereal.core.format.JsonRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What a part keeps in the run's folder: one file a snapshot, named after its step; the one before stays as well. */
final class StateFile {
    private static final int KEPT = 2;

    private final String name;

    StateFile(String name) {
        this.name = name;
    }

    private Path file(Path folder, long step) {
        return folder.resolve("%s-%09d.jsonl".formatted(name, step));
    }

    /** Writes a state; older ones go, but for the last, whose snapshot is there until the new one is whole. */
    void write(Path folder, long step, Iterable<ObjectNode> lines) {
        AtomicFile.write(file(folder, step), out -> {
            try (JsonLinesWriter writer = new JsonLinesWriter(out)) {
                for (ObjectNode line : lines) {
                    writer.write(line);
                }
            }
        });
        List<Path> all = all(folder);
        all.subList(0, Math.max(0, all.size() - KEPT)).forEach(StateFile::delete);
    }

    private List<Path> all(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("\\Q" + name + "\\E-\\d{9}\\.jsonl"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Unavailable("cannot list " + folder + ": " + e, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Unavailable("cannot delete " + file + ": " + e, e);
        }
    }

    /** @throws BadInput if there is no state of that step */
    List<ObjectNode> read(Path folder, long step) {
        Path file = file(folder, step);
        if (!Files.exists(file)) {
            throw new BadInput("The run cannot go on: " + file + " is missing, which holds the negatives of step "
                    + step + "; restore the file or begin in another folder.");
        }
        List<ObjectNode> lines = new ArrayList<>();
        try (JsonLinesReader reader = JsonLinesReader.open(file)) {
            for (JsonRow row = reader.next(); row != null; row = reader.next()) {
                lines.add(row.node());
            }
        }
        return lines;
    }
}
