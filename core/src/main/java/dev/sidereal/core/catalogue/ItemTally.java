package dev.sidereal.core.catalogue;

import dev.sidereal.core.Item;
import dev.sidereal.core.Section;
import dev.sidereal.core.format.BadRows;
import java.util.ArrayList;
import java.util.List;

/** Counts what the report says while items go by. Not thread-safe. */
final class ItemTally {
    private final SeenTexts texts = new SeenTexts();
    private long items;
    private long emptyTexts;
    private long emptyTitles;
    private long withoutReaders;
    private String longestId = "";
    private long longestChars;

    void add(Item item) {
        items++;
        long chars = item.text().length();
        for (Section section : item.sections()) {
            chars += section.text().length();
        }
        if (item.text().isBlank()
                && item.sections().stream().allMatch(s -> s.text().isBlank())) {
            emptyTexts++;
        }
        if (item.title().isBlank()) {
            emptyTitles++;
        }
        if (!item.acl().stated()) {
            withoutReaders++;
        }
        if (!item.text().isBlank()) {
            texts.add(item.text());
        }
        if (chars > longestChars) {
            longestChars = chars;
            longestId = item.id();
        }
    }

    long items() {
        return items;
    }

    long withoutReaders() {
        return withoutReaders;
    }

    CatalogueReport report(CatalogueSource source, Schema schema, BadRows bad, List<String> found) {
        List<String> warnings = new ArrayList<>(source.warnings());
        warnings.addAll(found);
        return new CatalogueReport(
                items,
                source.queries().size(),
                schema,
                emptyTexts,
                emptyTitles,
                texts.repeated(),
                withoutReaders,
                longestId,
                longestChars,
                bad.count(),
                bad.sentences(),
                warnings);
    }
}
