package dev.sidereal.train.data;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Examples of one source and one kind; a batch never mixes two. Immutable.
 *
 * @param name what progress and messages call it
 * @param inBatch whether positives of other rows are negatives; not for classes and clusters, where many rows share one
 * @param examples at least one, all with scores or none
 * @param instructDocuments share of rows, drawn anew each epoch, whose positives and negatives have the instruction too;
 *     for tasks in which both sides are alike. F2LLM's is 0.3
 */
public record Dataset(String name, boolean inBatch, List<Example> examples, double instructDocuments) {
    /** Data whose documents stand without an instruction. */
    public Dataset(String name, boolean inBatch, List<Example> examples) {
        this(name, inBatch, examples, 0);
    }

    /**
     * @throws BadInput if there is no example or only some have scores
     * @throws BadConfig if the share of documents with an instruction does not fit
     */
    public Dataset {
        if (!(instructDocuments >= 0 && instructDocuments <= 1)) {
            throw new BadConfig("The share of documents of " + name + " with an instruction must be from 0 to 1, got "
                    + instructDocuments + ".");
        }
        examples = List.copyOf(examples);
        if (examples.isEmpty()) {
            throw new BadInput(name + " holds no example; check the file and its split");
        }
        boolean scored = !examples.getFirst().scores().isEmpty();
        for (Example example : examples) {
            if (scored == example.scores().isEmpty()) {
                throw new BadInput(example.where() + ": the example has " + (scored ? "no scores" : "scores")
                        + ", the first of " + name + " has " + (scored ? "some" : "none")
                        + "; give scores to all or to none");
            }
        }
    }

    /**
     * Reads JSON lines whose keys are roles: {@code query}; {@code positive}, a text or a list; {@code negative} or
     * {@code negatives}, the same; {@code score} or {@code scores}; {@code instruction}; {@code id} of the query.
     *
     * @throws BadInput with file and line if a key is no role or a value does not fit it
     */
    public static Dataset jsonLines(Path file) {
        return jsonLines(file, Map.of());
    }

    /**
     * As {@link #jsonLines(Path)}, for files whose keys have other names.
     *
     * @param roles key to role, for example {@code sentence1} to {@code query}; or to {@code ignore}
     */
    public static Dataset jsonLines(Path file, Map<String, String> roles) {
        return new Dataset(name(file), true, new RoleLines(file, roles).read());
    }

    /**
     * Reads a data folder that {@link dev.sidereal.core.format.RetrievalData} knows, for example BEIR's: items judged
     * above 0 are positives, those judged 0 or less negatives.
     *
     * @throws BadInput if a judged id is not in the corpus, besides what the folder's reader refuses
     */
    public static Dataset retrieval(Path folder, String split) {
        return new Dataset(
                name(folder), true, RetrievalExamples.open(folder, split).examples());
    }

    /**
     * As {@link #retrieval(Path, String)}, with negatives from JSON lines {@code {"query": id, "negatives": [ids]}}
     * or from a file that {@link dev.sidereal.train.negatives.MinedExport#TRAIN} wrote.
     *
     * @throws BadInput with file and line if an id is not in the folder or a list is empty
     */
    public static Dataset retrieval(Path folder, String split, Path negatives) {
        return new Dataset(
                name(folder), true, RetrievalExamples.open(folder, split).with(negatives));
    }

    /**
     * Which columns of a table hold a pair and its score.
     *
     * @param query one text
     * @param positive the other text
     * @param score how alike they are, more is more
     */
    public record PairColumns(String query, String positive, String score) {
        /** {@code sentence1}, {@code sentence2} and {@code score}, as published STS sets have them. */
        public static final PairColumns STS = new PairColumns("sentence1", "sentence2", "score");
    }

    /**
     * Reads pairs of texts with scores from a table with a header, parted by tabs and without quoting; other columns are
     * passed over.
     *
     * @throws BadInput with the file's name if a column is missing, and the line if a cell does not fit
     */
    public static Dataset pairs(Path file, PairColumns columns) {
        return new Dataset(name(file), false, ScoredPairs.read(file, columns));
    }

    /**
     * Reads JSON lines {@code {"text": ..., "label": ...}}: each text is to be near one of its label and far from those of
     * others, of which up to 24 are drawn; hard negatives alone.
     *
     * @throws BadInput with file and line if a text has two labels, or a label one text, or there is only one label
     */
    public static Dataset clustering(Path file) {
        return new Dataset(name(file), false, LabelledTexts.read(file).clustering());
    }

    /**
     * Reads JSON lines {@code {"text": ..., "label": ...}} with two labels that are texts themselves: each text is to be
     * nearer its own than the other; hard negatives alone.
     *
     * @throws BadInput with file and line if a text has two labels, or there are not just two
     */
    public static Dataset twoWay(Path file) {
        return new Dataset(name(file), false, LabelledTexts.read(file).twoWay());
    }

    /** {@return the same data with hard negatives alone, no in-batch ones} */
    public Dataset hardOnly() {
        return new Dataset(name, false, examples, instructDocuments);
    }

    /**
     * {@return the same data with that instruction where examples have none}
     *
     * @param documents share of rows whose documents have it too
     */
    public Dataset withInstruction(String task, double documents) {
        return new Dataset(
                name,
                inBatch,
                examples.stream().map(e -> e.withInstruction(task)).toList(),
                documents);
    }

    private static String name(Path path) {
        return path.toAbsolutePath().normalize().getFileName().toString();
    }
}
