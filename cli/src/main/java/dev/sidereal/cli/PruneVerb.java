package dev.sidereal.cli;

import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.train.prune.CalibrationTexts;
import dev.sidereal.train.prune.PruneSettings;
import dev.sidereal.train.prune.Pruned;
import dev.sidereal.train.prune.Pruner;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prune}: a smaller encoder cut out of a larger one. */
@Command(
        name = "prune",
        description = {
            "Cut a smaller encoder out of a larger one, to be distilled with train encoder.",
            "",
            "The first layers stay, and those channels and neurons that give most for the calibration texts. The result"
                    + " is untrained and bad: the cosine to its parent's vectors says how bad.",
            "",
            "Examples:",
            "  ./sidereal prune --model bge-small --layers 6 --hidden 320 --mlp 1024 --to models/half",
            "  ./sidereal prune --model F2LLM-0.6B --layers 8 --hidden 320 --mlp 2048 --prefix 64 --to models/80m"
        })
final class PruneVerb implements Verb {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "NAME",
            description = "bge-small, minilm, or the folder of a BERT or of a decoder.")
    String model = "";

    @Option(names = "--layers", required = true, paramLabel = "N", description = "Keep the first N layers.")
    int layers;

    @Option(
            names = "--hidden",
            required = true,
            paramLabel = "N",
            description = "Keep N hidden channels; for BERT a multiple of a head's width, heads going with them.")
    int hidden;

    @Option(names = "--mlp", required = true, paramLabel = "N", description = "Keep N neurons of each layer.")
    int mlp;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "The smaller encoder's folder.")
    Path to = Path.of("");

    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description = "Texts to choose by: JSON lines or one text a line. Default: the shipped Java code search.")
    Path calibration = Installation.samples().resolve("java-code-search/train.jsonl.gz");

    @Option(
            names = "--texts",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Draw N of them (default: ${DEFAULT-VALUE}).")
    int texts;

    @Option(
            names = "--prefix",
            paramLabel = "N",
            defaultValue = "0",
            description = "Keep the first N channels in any case; for teachers trained with Matryoshka losses.")
    int prefix;

    @Option(names = "--keep-gains", description = "Leave the gains of norms as they are.")
    boolean keepGains;

    @Override
    public Outcome run(Session session) {
        PruneSettings sizes = PruneSettings.of(layers, hidden, mlp).withPrefix(prefix);
        PruneSettings settings = keepGains ? sizes.withoutRescaling() : sizes;
        long began = System.nanoTime();
        try (GradientEncoder parent = GradientEncoder.open(model, Device.CPU)) {
            Pruner pruner = Pruner.of(parent, settings);
            List<String> chosen = CalibrationTexts.read(calibration, texts);
            session.say("reading " + chosen.size() + " texts");
            Pruned pruned = pruner.prune(chosen);
            try (GradientEncoder small = pruned.encoder()) {
                small.save(to);
            }
            return outcome(pruned, chosen.size(), (System.nanoTime() - began) / 1e9);
        }
    }

    private Outcome outcome(Pruned pruned, int read, double seconds) {
        double cosine = pruned.cosine().orElseThrow();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", to.toString());
        json.put("parameters_before", pruned.parametersBefore());
        json.put("parameters_after", pruned.parametersAfter());
        json.put("layers", layers);
        json.put("hidden", hidden);
        json.put("mlp", mlp);
        json.put("channels", pruned.channels());
        json.put("texts", read);
        json.put("cosine_before_training", cosine);
        json.put("seconds", seconds);
        String text = String.format(
                Locale.ROOT,
                "%,d of %,d parameters (%.0f %%), mean cosine to the parent %.3f before training%n"
                        + "Next: ./sidereal train encoder with model: %s, teacher: %s and a loss kd or similarity",
                pruned.parametersAfter(),
                pruned.parametersBefore(),
                100.0 * pruned.parametersAfter() / pruned.parametersBefore(),
                cosine,
                to,
                model);
        return Outcome.of(json, text);
    }
}
