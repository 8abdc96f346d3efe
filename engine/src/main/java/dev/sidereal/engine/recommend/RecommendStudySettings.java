package dev.sidereal.engine.recommend;

import dev.sidereal.core.RecommendRequest.Seen;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.recommend.baseline.SasRecSettings;
import dev.sidereal.recommend.log.LogSplit.Fit;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation of recommenders is to do.
 *
 * @param data a data folder as it is
 * @param split {@code test} or {@code validation}
 * @param systems names, at least one, none twice
 * @param seen whether what a user has seen may come back; null for what fits the data
 * @param fit what counting systems learn from; systems that use the validation to stop or to choose learn from the training
 *     part alone
 * @param encoder of titles: a name, folder or address
 * @param sasrec how SASRec is trained
 * @param workspace where trained models and ranks are kept; null for nowhere
 */
public record RecommendStudySettings(
        Path data,
        String split,
        List<String> systems,
        @Nullable Seen seen,
        Fit fit,
        String encoder,
        SasRecSettings sasrec,
        @Nullable Path workspace) {
    /** The systems there are. */
    public static final List<String> SYSTEMS = List.of(
            "popularity",
            "itemknn",
            "adjacency",
            "adjacency-tuned",
            "sasrec",
            "content",
            "bm25",
            "adjacency-content",
            "mixture");

    public RecommendStudySettings {
        systems = systems.stream().distinct().toList();
        if (systems.isEmpty()) {
            throw new BadConfig("an evaluation needs a system of " + String.join(", ", SYSTEMS));
        }
        for (String system : systems) {
            if (!SYSTEMS.contains(system)) {
                throw new BadConfig("there is no system '" + system + "'; systems are " + String.join(", ", SYSTEMS));
            }
        }
        if (!split.equals("test") && !split.equals("validation")) {
            throw new BadConfig("the split must be test or validation, got '" + split + "'");
        }
    }
}
