package dev.sidereal.train.recipe;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Dataset.PairColumns;
import dev.sidereal.train.loss.Loss;
import dev.sidereal.train.loss.LossSum;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where data comes from and which losses it is trained with.
 *
 * @param format {@code jsonl}, {@code retrieval}, {@code pairs}, {@code clustering} or {@code two-way}
 * @param path a file, or a folder for {@code retrieval}
 * @param split of a folder
 * @param negatives file with negatives for a folder; empty for none
 * @param roles of files with names of their own: key or column to role; {@code query positive negatives scores
 *     instruction id} or {@code ignore} for {@code jsonl}, {@code query positive score} for {@code pairs}
 * @param hardOnly whether positives of other rows are no negatives
 * @param instruction goes before queries that have none of their own; empty for none
 * @param instructDocuments share of rows whose documents have it too, for tasks whose sides are alike
 * @param losses with which it is trained, summed by weight
 * @param acting what acts on its negatives
 */
public record DataRecipe(
        String format,
        String path,
        String split,
        String negatives,
        Map<String, String> roles,
        boolean hardOnly,
        String instruction,
        double instructDocuments,
        List<LossRecipe> losses,
        NegativesRecipe acting) {
    private static final Set<String> PAIR_ROLES = Set.of("query", "positive", "score");

    public DataRecipe {
        roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        losses = List.copyOf(losses);
    }

    static DataRecipe read(YamlNode node) {
        DataRecipe data = new DataRecipe(
                node.text("format", "jsonl"),
                node.text("path"),
                node.text("split", "train"),
                node.text("negatives", ""),
                node.texts("roles"),
                node.flag("hard-only", false),
                node.text("instruction", ""),
                node.number("instruct-documents", 0),
                node.oneOrMore("loss").stream().map(LossRecipe::read).toList(),
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
                    case "clustering" -> Dataset.clustering(file);
                    case "two-way" -> Dataset.twoWay(file);
                    default ->
                        throw new BadConfig("There is no data format '" + format
                                + "'; formats are jsonl, retrieval, pairs, clustering, two-way.");
                };
        data = data.withInstruction(instruction, instructDocuments);
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

    /** {@return the losses as one, for vectors of that many dimensions} */
    public Loss loss(int dims) {
        boolean alone = losses.size() == 1 && losses.getFirst().weight() == 1;
        return alone
                ? losses.getFirst().of(dims)
                : new LossSum(losses.stream()
                        .map(loss -> new LossSum.Term(loss.of(dims), loss.weight()))
                        .toList());
    }

    Map<String, Object> yaml() {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("format", format);
        yaml.put("path", path);
        yaml.put("split", split);
        yaml.put("negatives", negatives);
        yaml.put("roles", roles);
        yaml.put("hard-only", hardOnly);
        yaml.put("instruction", instruction);
        yaml.put("instruct-documents", instructDocuments);
        List<Map<String, Object>> terms = losses.stream().map(LossRecipe::yaml).toList();
        yaml.put("loss", terms.size() == 1 ? terms.getFirst() : terms);
        acting.yaml(yaml);
        return yaml;
    }
}
