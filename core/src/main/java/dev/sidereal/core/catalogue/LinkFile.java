package dev.sidereal.core.catalogue;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.TextSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Links as two columns parted by a tab, under the header {@code from}, {@code to}. */
final class LinkFile {
    private static final String HEADER = "from\tto";

    private LinkFile() {}

    static void write(Path file, List<Link> links) {
        AtomicFile.write(file, out -> {
            out.write((HEADER + "\n").getBytes(StandardCharsets.UTF_8));
            for (Link link : links) {
                out.write((column(link.from()) + "\t" + column(link.to()) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private static String column(String id) {
        if (id.indexOf('\t') >= 0 || id.indexOf('\n') >= 0 || id.indexOf('\r') >= 0) {
            throw new BadInput(
                    "the id '" + id + "' holds a tab or line end, which a file of links cannot hold; rename it");
        }
        return id;
    }

    static List<Link> read(Path file) {
        List<Link> links = new ArrayList<>();
        try (TextSource source = TextSource.open(file)) {
            for (String line = source.next(); line != null; line = source.next()) {
                String[] cells = line.split("\t", -1);
                if (cells.length != 2) {
                    throw new BadInput(source.where() + ": expected 2 columns (from, to), got " + cells.length);
                }
                if (source.number() > 1) {
                    links.add(new Link(cells[0], cells[1]));
                }
            }
        }
        return links;
    }
}
