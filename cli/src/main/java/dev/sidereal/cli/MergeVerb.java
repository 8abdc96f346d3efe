package dev.sidereal.cli;

import dev.sidereal.train.ModelSoup;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code merge}: one encoder out of several. */
@Command(
        name = "merge",
        description = {
            "Average the parameters of encoders of the same architecture.",
            "",
            "Checkpoints of a run, runs with other seeds, or a model before and after fine-tuning, which takes back some"
                    + " of what it forgot.",
            "",
            "Examples:",
            "  ./sidereal merge --models runs/a/model,runs/b/model --to models/merged",
            "  ./sidereal merge --models bge-small,runs/a/model --weights 1,2 --to models/merged"
        })
final class MergeVerb implements Verb {
    @Option(
            names = "--models",
            required = true,
            split = ",",
            paramLabel = "NAME",
            description = "bge-small, minilm, or folders; prompts and pooling are the first one's.")
    List<String> models = List.of();

    @Option(names = "--weights", split = ",", paramLabel = "W", description = "One for each. Default: all the same.")
    List<Double> weights = List.of();

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "The merged encoder's folder.")
    Path to = Path.of("");

    @Override
    public Outcome run(Session session) {
        if (weights.isEmpty()) {
            ModelSoup.merge(models, to);
        } else {
            ModelSoup.merge(models, weights, to);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", to.toString());
        json.put("merged", models);
        json.put("weights", weights);
        return Outcome.of(json, models.size() + " models merged into " + to);
    }
}
