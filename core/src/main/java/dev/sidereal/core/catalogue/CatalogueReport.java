package dev.sidereal.core.catalogue;

import java.util.List;

/**
 * What was found while a catalogue was written.
 *
 * @param items how many items it holds
 * @param queries how many queries
 * @param schema its fields
 * @param emptyTexts items with neither text nor sections
 * @param emptyTitles items without title
 * @param repeatedTexts items whose text, not empty, an earlier item has too; by 64-bit hash
 * @param withoutReaders items that state no readers
 * @param longestId the item with the longest text; empty if there is no text at all
 * @param longestChars its length in chars, sections included
 * @param badRows rows left out
 * @param badRowSentences what was wrong with the first thousand of them
 * @param warnings what is odd, one sentence each
 */
public record CatalogueReport(
        long items,
        long queries,
        Schema schema,
        long emptyTexts,
        long emptyTitles,
        long repeatedTexts,
        long withoutReaders,
        String longestId,
        long longestChars,
        long badRows,
        List<String> badRowSentences,
        List<String> warnings) {
    public CatalogueReport {
        badRowSentences = List.copyOf(badRowSentences);
        warnings = List.copyOf(warnings);
    }
}
