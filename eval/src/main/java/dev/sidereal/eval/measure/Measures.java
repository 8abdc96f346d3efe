package dev.sidereal.eval.measure;

import dev.sidereal.core.error.BadConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The grammar of measures: {@code name[@k][(key=value,...)]}, several parted by commas, upper or lower case, trec_eval's
 * names ({@code ndcg_cut_10}, {@code P_5}, {@code recip_rank}) as well.
 *
 * <p>Settings: {@code gain=linear|exp} for ndcg, {@code rel=1...} (least relevant grade) for binary measures,
 * {@code ties=trec|trec10|rank} for all. The first of each is the default and is what trec_eval computes.
 */
public final class Measures {
    /** What an evaluation of retrieval reports unless told otherwise. */
    public static final String STANDARD = "ndcg@10,recall@100,map,mrr@10";

    private static final Pattern SPEC =
            Pattern.compile("(?<name>[a-z][a-z_]*?)(?:(?:@|[_.])(?<k>\\d+))?(?:\\((?<settings>[^()]*)\\))?");

    private Measures() {}

    /** {@return the measures of {@link #STANDARD}} */
    public static List<Measure> standard() {
        return parse(STANDARD);
    }

    /** {@return how every measure is written, such as {@code ndcg[@k]}} */
    public static List<String> known() {
        return Family.ALL.stream().map(Family::form).toList();
    }

    /**
     * Reads measures parted by commas.
     *
     * @return in the order given
     * @throws BadConfig if a name, cutoff or setting is not known, or a measure is given twice
     */
    public static List<Measure> parse(String list) {
        Map<String, Measure> measures = new LinkedHashMap<>();
        for (String spec : split(list)) {
            Measure measure = one(spec.strip());
            if (measures.putIfAbsent(measure.name(), measure) != null) {
                throw new BadConfig(
                        "the measure " + measure.name() + " is given twice in '" + list + "': name it once");
            }
        }
        return List.copyOf(measures.values());
    }

    /** Parts at commas outside parentheses. */
    private static List<String> split(String list) {
        List<String> specs = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                specs.add(list.substring(start, i));
                start = i + 1;
            }
        }
        specs.add(list.substring(start));
        return specs;
    }

    private static Measure one(String spec) {
        Matcher matcher = SPEC.matcher(spec.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new BadConfig("'" + spec + "' is no measure: expected name, name@k or name@k(key=value), such as"
                    + " ndcg@10(gain=exp); " + listing());
        }
        String name = matcher.group("name");
        Family family = Family.ALL.stream()
                .filter(f -> f.answersTo(name))
                .findFirst()
                .orElseThrow(() -> new BadConfig("there is no measure '" + name + "': " + listing()));
        String digits = matcher.group("k");
        Cutoff cutoff = cutoff(spec, family, digits == null ? "" : digits);
        String settingList = matcher.group("settings");
        Map<String, String> settings = settings(spec, family, settingList == null ? "" : settingList);
        Measure measure = family.maker().make(cutoff, level(spec, settings), gain(spec, settings));
        Ties ties = choice(spec, settings, "ties", Ties.values());
        return ties == Ties.TREC ? measure : new Ordered(measure, ties);
    }

    private static String listing() {
        return "the measures are " + String.join(", ", known());
    }

    private static Cutoff cutoff(String spec, Family family, String digits) {
        switch (family.cutoffUse()) {
            case NEVER -> {
                if (!digits.isEmpty()) {
                    throw new BadConfig("'" + spec + "' has a cutoff, which " + family.name() + " does not take: write "
                            + family.name());
                }
            }
            case MUST -> {
                if (digits.isEmpty()) {
                    throw new BadConfig("'" + spec + "' lacks its cutoff: write " + family.name() + "@10, for example");
                }
            }
            case MAY -> {}
        }
        if (digits.isEmpty()) {
            return Cutoff.NONE;
        }
        if (digits.length() > 9 || Integer.parseInt(digits) < 1) {
            throw new BadConfig(
                    "'" + spec + "' has the cutoff " + digits + ": expected a whole number from 1 to 999999999");
        }
        return new Cutoff(Integer.parseInt(digits));
    }

    private static Map<String, String> settings(String spec, Family family, String list) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (list.isBlank()) {
            return settings;
        }
        for (String part : list.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = (equals < 0 ? part : part.substring(0, equals)).strip();
            if (equals < 0 || !(key.equals("ties") || family.settings().contains(key))) {
                String accepted = family.settings().stream().sorted().collect(Collectors.joining(", "));
                throw new BadConfig("'" + spec + "' has the setting '" + part.strip() + "': " + family.name()
                        + " takes " + (accepted.isEmpty() ? "ties" : accepted + ", ties") + ", written key=value");
            }
            if (settings.put(key, part.substring(equals + 1).strip()) != null) {
                throw new BadConfig("'" + spec + "' has the setting " + key + " twice: give it once");
            }
        }
        return settings;
    }

    private static Level level(String spec, Map<String, String> settings) {
        String value = settings.getOrDefault("rel", "1");
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new BadConfig("'" + spec + "' has rel=" + value
                    + ": expected the least grade that counts as relevant," + " a whole number from 1");
        }
        return new Level(Integer.parseInt(value));
    }

    private static Gain gain(String spec, Map<String, String> settings) {
        return choice(spec, settings, "gain", Gain.values());
    }

    /** The constant a setting names; the first if it is not set. */
    private static <T extends Enum<T>> T choice(String spec, Map<String, String> settings, String key, T[] constants) {
        String value = settings.getOrDefault(key, constants[0].name());
        for (T constant : constants) {
            if (constant.name().equalsIgnoreCase(value)) {
                return constant;
            }
        }
        String names = java.util.Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw new BadConfig("'" + spec + "' has " + key + "=" + value + ": expected one of " + names);
    }
}
