package dev.sidereal.train.recipe;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.MiningModels;
import dev.sidereal.train.negatives.MiningSettings;
import dev.sidereal.train.negatives.MiningSettings.Shortfall;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Negatives that are mined before training, and anew while it goes on.
 *
 * @param strategy its name in {@link dev.sidereal.train.negatives.Strategies}, {@code adore}, or {@code none}
 * @param encoder who retrieves: {@code self} is the model that is trained
 * @param models whom the strategy asks besides
 * @param run file of a TREC run, BM25's for example; empty for none
 * @param negatives how many a query; for {@code adore} how many documents it retrieves
 * @param refresh steps between mining anew; 0 for never
 * @param shortfall {@code fewer}, {@code random-fill} or {@code relax}
 * @param heldOut splits of a data folder whose positives are no negatives, parted by commas; those of the dev share never are
 * @param documents {@code all}, or {@code train} for those alone that are positives of the queries
 * @param scores whether batches hold the scores that filters saw, for losses that distil
 */
public record MineRecipe(
        String strategy,
        String encoder,
        MiningModels models,
        String run,
        int negatives,
        int refresh,
        String shortfall,
        String heldOut,
        String documents,
        boolean scores) {
    static final String ADORE = "adore";
    static final String CONAN = "conan";
    static final String SELF = "self";
    private static final String NONE = "none";
    private static final int CONAN_DEEPER = 10;

    /** @throws BadConfig naming the value that does not fit */
    public MineRecipe {
        if (refresh < 0 || negatives < 1) {
            throw new BadConfig("Mining gives at least 1 negative and begins anew after 0 steps or more, got negatives "
                    + negatives + " and refresh " + refresh + ".");
        }
        if (!documents.equals("all") && !documents.equals("train")) {
            throw new BadConfig("The documents to mine from are 'all' or 'train', got '" + documents + "'.");
        }
        if (refresh > 0 && !encoder.equals(SELF)) {
            throw new BadConfig("Mining anew every " + refresh
                    + " steps needs the encoder 'self', the one that changes;" + " got '" + encoder + "'.");
        }
        if (strategy.equals(ADORE) && (refresh > 0 || scores || !encoder.equals(SELF))) {
            throw new BadConfig("The strategy 'adore' retrieves in every step with the model itself; leave encoder,"
                    + " refresh and scores out.");
        }
        if (scores && strategy.equals(CONAN)) {
            throw new BadConfig("The strategy 'conan' replaces negatives by the model's own scores; leave scores out.");
        }
    }

    static MineRecipe read(YamlNode node) {
        MineRecipe mine = new MineRecipe(
                node.text("strategy", NONE),
                node.text("encoder", SELF),
                new MiningModels(
                        node.text("teacher", ""),
                        node.text("cross-encoder", ""),
                        node.text("chat", ""),
                        node.text("judge", "")),
                node.text("run", ""),
                node.whole("negatives", MiningSettings.DEFAULT_NEGATIVES),
                node.whole("refresh", 0),
                node.text("shortfall", "random-fill"),
                node.text("held-out", ""),
                node.text("documents", "all"),
                node.flag("scores", false));
        node.close();
        mine.rule();
        if (!mine.none() && !mine.adore()) {
            mine.models.requireFit(List.of(mine.strategy));
        }
        return mine;
    }

    boolean none() {
        return strategy.equals(NONE);
    }

    boolean adore() {
        return strategy.equals(ADORE);
    }

    boolean conan() {
        return strategy.equals(CONAN);
    }

    MiningSettings settings(long seed) {
        MiningSettings settings = MiningSettings.of(seed).withShortfall(rule());
        // Conan takes the next ones of its list when the first have become easy.
        return settings.withNegatives(conan() ? CONAN_DEEPER * negatives : negatives);
    }

    private Shortfall rule() {
        return Arrays.stream(Shortfall.values())
                .filter(rule -> shown(rule).equals(shortfall))
                .findFirst()
                .orElseThrow(() -> new BadConfig("There is no rule '" + shortfall + "' for the shortfall; rules are "
                        + Arrays.stream(Shortfall.values())
                                .map(MineRecipe::shown)
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    private static String shown(Shortfall rule) {
        return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Map<String, Object> yaml() {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("strategy", strategy);
        yaml.put("encoder", encoder);
        yaml.put("teacher", models.teacher());
        yaml.put("cross-encoder", models.crossEncoder());
        yaml.put("chat", models.chat());
        yaml.put("judge", models.judge());
        yaml.put("run", run);
        yaml.put("negatives", negatives);
        yaml.put("refresh", refresh);
        yaml.put("shortfall", shortfall);
        yaml.put("held-out", heldOut);
        yaml.put("documents", documents);
        yaml.put("scores", scores);
        return yaml;
    }
}
