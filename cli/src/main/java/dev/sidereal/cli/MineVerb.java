package dev.sidereal.cli;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.engine.NegativeMining;
import dev.sidereal.train.negatives.MinedExport;
import dev.sidereal.train.negatives.MiningModels;
import dev.sidereal.train.negatives.MiningReport;
import dev.sidereal.train.negatives.MiningSettings;
import dev.sidereal.train.negatives.MiningSettings.Shortfall;
import dev.sidereal.train.negatives.StrategyCard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mine}: negatives for training. */
@Command(
        name = "mine",
        description = {
            "Find texts that look like answers and are none, to train an encoder against.",
            "",
            "The file is what a recipe's 'negatives' takes. What answers queries of other splits is never taken. A report"
                    + " tells what each filter took out and how many queries came out short.",
            "",
            "Examples:",
            "  ./sidereal mine --list",
            "  ./sidereal mine --data scifact --strategy topk-percpos --to negatives.jsonl",
            "  ./sidereal mine --data scifact --strategy bm25,topk-percpos --encoder minilm --negatives 4 --to both.jsonl",
            "  ./sidereal mine --data scifact --strategy ce-percpos --cross-encoder ms-marco-MiniLM-L6-v2 --to judged.jsonl",
            "  ./sidereal mine --data scifact --strategy rlhn --chat http://localhost:8080#qwen3-8b --to judged.jsonl"
        })
final class MineVerb implements Verb {
    private static final String FORMATS =
            "sidereal, flag-embedding, or those of sentence-transformers: triplet, n-tuple,"
                    + " n-tuple-scores, labeled-pair, labeled-list";

    @Option(names = "--list", description = "Print the strategies with rule, defaults and source, and end.")
    boolean list;

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder.")
    @Nullable
    Path data;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "train",
            description = "Whose queries get negatives. Default train.")
    String split = "train";

    @Option(
            names = "--strategy",
            split = ",",
            paramLabel = "NAME",
            description = "One of --list, or several, each of which gives its negatives.")
    List<String> strategies = List.of();

    @Option(names = "--to", paramLabel = "FILE", description = "The file to write.")
    @Nullable
    Path to;

    @Option(
            names = "--encoder",
            paramLabel = "NAME",
            defaultValue = "bge-small",
            description = "Of strategies on vectors: name, folder or address. Default bge-small.")
    String encoder = "";

    @Option(
            names = "--teacher",
            paramLabel = "NAME",
            defaultValue = "",
            description = "A better encoder that judges candidates, for strategies that need one.")
    String teacher = "";

    @Option(
            names = "--cross-encoder",
            paramLabel = "NAME",
            defaultValue = "",
            description = "A model that reads query and candidate together and judges so: folder or address.")
    String crossEncoder = "";

    @Option(
            names = "--chat",
            paramLabel = "NAME",
            defaultValue = "",
            description = "A language model that writes, ranks and judges: folder or address of a chat server.")
    String chat = "";

    @Option(
            names = "--judge",
            paramLabel = "NAME",
            defaultValue = "",
            description = "A stronger language model that confirms what --chat judged. Default the same.")
    String judge = "";

    @Option(
            names = "--negatives",
            paramLabel = "N",
            defaultValue = "" + MiningSettings.DEFAULT_NEGATIVES,
            description = "How many a query. Default ${DEFAULT-VALUE}.")
    int negatives;

    @Option(
            names = "--shortfall",
            paramLabel = "RULE",
            defaultValue = "random-fill",
            description = "What a query with fewer gets: fewer, random-fill or relax. Default random-fill.")
    String shortfall = "";

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Of random choices. Default 0.")
    long seed;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            defaultValue = "sidereal",
            description = FORMATS + ". Default sidereal.")
    String format = "";

    @Override
    public Outcome run(Session session) {
        if (list) {
            List<Map<String, Object>> rows =
                    StrategyCard.all().stream().map(StrategyCard::row).toList();
            return Outcome.of(Map.of("rows", rows), new RowTable(rows).render(Math.max(session.width(), 180)));
        }
        if (data == null || to == null || strategies.isEmpty()) {
            throw new BadConfig("mining needs --data DIR, --strategy NAME and --to FILE; --list prints the strategies");
        }
        MiningSettings mining = MiningSettings.of(seed).withNegatives(negatives).withShortfall(rule());
        MiningModels models = new MiningModels(teacher, crossEncoder, chat, judge);
        NegativeMining.Settings settings =
                new NegativeMining.Settings(data, split, strategies, encoder, models, export(), mining);
        long began = System.nanoTime();
        List<MiningReport> reports = new NegativeMining(settings, session.progress()).run(to);
        reports.forEach(report -> report.warnings().forEach(w -> session.say(report.strategy() + ": " + w)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", to.toString());
        json.put("seconds", (System.nanoTime() - began) / 1e9);
        json.put("reports", reports.stream().map(MiningReport::json).toList());
        return Outcome.of(json, text(reports, session.width()) + "\nwritten to " + to);
    }

    private Shortfall rule() {
        return Arrays.stream(Shortfall.values())
                .filter(rule -> named(rule).equals(shortfall))
                .findFirst()
                .orElseThrow(() ->
                        new BadConfig("there is no rule '" + shortfall + "'; rules are fewer, random-fill and relax"));
    }

    private static String named(Shortfall rule) {
        return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private MinedExport export() {
        return switch (format) {
            case "sidereal" -> MinedExport.TRAIN;
            case "sentence-transformers" -> MinedExport.N_TUPLE;
            case "flagembedding" -> MinedExport.FLAG_EMBEDDING;
            case "triplet", "n-tuple", "n-tuple-scores", "labeled-pair", "labeled-list", "flag-embedding" ->
                MinedExport.of(format);
            default -> throw new BadConfig("there is no format '" + format + "'; formats are " + FORMATS);
        };
    }

    private static String text(List<MiningReport> reports, int width) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (MiningReport report : reports) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("strategy", report.strategy());
            row.put("queries", report.queries());
            row.put("pool", report.pool());
            report.drops().forEach((filter, count) -> row.put("-" + filter, count));
            row.put("chosen", report.chosen());
            row.put("filled", report.filled());
            row.put("short", report.shortQueries());
            row.put("mean rank", report.meanRank());
            row.put("mean margin", report.meanMargin());
            rows.add(row);
        }
        StringBuilder text = new StringBuilder(new RowTable(rows).render(width));
        for (MiningReport report : reports) {
            if (report.scores().total() > 0) {
                text.append("\n\nscores of ")
                        .append(report.strategy())
                        .append('\n')
                        .append(histogram(report));
            }
        }
        return text.toString();
    }

    private static String histogram(MiningReport report) {
        long most = report.scores().counts().values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(1);
        StringBuilder text = new StringBuilder();
        report.scores()
                .counts()
                .forEach((edge, count) -> text.append(String.format(Locale.ROOT, "%9.3f %9d ", edge, count))
                        .append("#".repeat((int) Math.ceilDiv(50 * count, most)))
                        .append('\n'));
        return text.toString().stripTrailing();
    }
}
