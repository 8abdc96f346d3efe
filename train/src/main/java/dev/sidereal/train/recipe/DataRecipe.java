package dev.sidereal.train.recipe;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Dataset.PairColumns;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where data comes from and which loss it is trained with.
 *
 * @param format {@code jsonl}, {@code retrieval} or {@code pairs}
 * @param path a file, or a folder for {@code retrieval}
 * @param split of a folder
 * @param negatives file with negatives for a folder; empty for none
 * @param roles of files with names of their own: key or column to role; {@code query positive negatives scores
 *     instruction id} or {@code ignore} for {@code jsonl}, {@code query positive score} for {@code pairs}
 * @param hardOnly whether positives of other rows are no negatives
 * @param loss with which it is trained
 * @param acting what acts on its negatives
 */
public record DataRecipe(
        String format,
        String path,
        String split,
        String negatives,
        Map<String, String> roles,
        boolean hardOnly,
        LossRecipe loss,
        NegativesRecipe acting) {
    private static final Set<String> PAIR_ROLES = Set.of("query", "positive", "score");

    public DataRecipe {
        roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
    }

    static DataRecipe read(YamlNode node) {
        DataRecipe data = new DataRecipe(
                node.text("format", "jsonl"),
                node.text("path"),
                node.text("split", "train"),
                node.text("negatives", ""),
                node.texts("roles"),
                node.flag("hard-only", false),
                LossRecipe.read(node.map("loss")),
                NegativesRecipe.read(node));
        node.close();
        return data;
    }

    /**
     * {@return the data}
     *
     * @param base relative paths begin here
     * @throws dev.sidereal.core.error.BadInput if it does not fit
     */
    public Dataset open(Path base) {
        Path file = base.resolve(path);
        Dataset data =
                switch (format) {
                    case "jsonl" -> Dataset.jsonLines(file, roles);
                    case "retrieval" ->
                        negatives.isEmpty()
                                ? Dataset.retrieval(file, split)
                                : Dataset.retrieval(file, split, base.resolve(negatives));
                    case "pairs" -> Dataset.pairs(file, columns());
                    default ->
                        throw new BadConfig(
                                "There is no data format '" + format + "'; formats are jsonl, retrieval, pairs.");
                };
        return hardOnly ? data.hardOnly() : data;
    }

    private PairColumns columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        roles.forEach((column, role) -> {
            if (!PAIR_ROLES.contains(role) || columns.put(role, column) != null) {
                throw new BadConfig("The roles of pairs are query, positive and score, each for one column; got '"
                        + role + "' for the column '" + column + "'.");
            }
        });
        return new PairColumns(
                columns.getOrDefault("query", PairColumns.STS.query()),
                columns.getOrDefault("positive", PairColumns.STS.positive()),
                columns.getOrDefault("score", PairColumns.STS.score()));
    }

    Map<String, Object> yaml() {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("format", format);
        yaml.put("path", path);
        yaml.put("split", split);
        yaml.put("negatives", negatives);
        yaml.put("roles", roles);
        yaml.put("hard-only", hardOnly);
        yaml.put("loss", loss.yaml());
        acting.yaml(yaml);
        return yaml;
    }
}
