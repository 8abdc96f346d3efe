package dev.sidereal.engine;

import dev.sidereal.core.error.BadConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation of retrieval is to do.
 *
 * @param data a data folder as it is
 * @param split of its judgments
 * @param systems at least one
 * @param encoder name, folder or address; needed if a system needs it
 * @param language of the texts
 * @param measures in the measure grammar
 * @param depth results kept of each query
 * @param workspace where indexes are built and kept; null for a temporary folder
 * @param runs where TREC runs are written; null for nowhere
 * @param report where an HTML report is written; null for nowhere
 */
public record StudySettings(
        Path data,
        String split,
        List<SearchSystem> systems,
        String encoder,
        String language,
        String measures,
        int depth,
        @Nullable Path workspace,
        @Nullable Path runs,
        @Nullable Path report) {
    public StudySettings {
        systems = List.copyOf(systems);
        if (systems.isEmpty()) {
            throw new BadConfig("an evaluation needs a system: bm25, dense or hybrid");
        }
        if (depth < 10) {
            throw new BadConfig("depth must be at least 10, got " + depth);
        }
    }
}
