package dev.sidereal.train.negatives.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts that say something else than the positive, by rules and without a language model: an antonym in the place of a word,
 * another number, year, month or day of the week, two names that change places, a sentence negated or its negation taken away. Each rule changes one place; English only. The
 * texts are the same in every run. Thread-safe.
 */
public final class Counterfactuals implements NegativeWriter {
    private static final Pattern NUMBER = Pattern.compile("\\b\\d{1,9}\\b");
    private static final Pattern NEGATED =
            Pattern.compile("\\b(is|are|was|were|can|could|does|do|did|has|have|will|should) not\\b");
    private static final Pattern VERB = Pattern.compile("\\b(is|are|was|were|can|could|will|should)\\b(?! not\\b)");
    private static final int FIRST_YEAR = 1500;
    private static final int LAST_YEAR = 2100;
    private static final int YEARS_OFF = 7;
    private static final Map<String, String> ANTONYMS = bothWays(
            "increase decrease",
            "increases decreases",
            "increased decreased",
            "higher lower",
            "high low",
            "more less",
            "before after",
            "first last",
            "minimum maximum",
            "min max",
            "ascending descending",
            "add remove",
            "adds removes",
            "open close",
            "opens closes",
            "start stop",
            "begin end",
            "read write",
            "reads writes",
            "true false",
            "positive negative",
            "inhibits activates",
            "inhibit activate",
            "gain loss",
            "early late",
            "large small",
            "larger smaller",
            "up down",
            "left right",
            "encode decode",
            "encodes decodes",
            "push pop",
            "load save",
            "enable disable",
            "enables disables",
            "with without",
            "hot cold",
            "present absent",
            "always never",
            "upregulates downregulates",
            "above below");
    private static final Pattern ANTONYM =
            Pattern.compile("\\b(" + String.join("|", ANTONYMS.keySet()) + ")\\b", Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> DATES = inTurn(
            "January February March April May June July August September October November December",
            "Monday Tuesday Wednesday Thursday Friday Saturday Sunday");
    private static final Pattern DATE = Pattern.compile("\\b(" + String.join("|", DATES.keySet()) + ")\\b");
    // A capital after a small letter and a space: not the first word of a sentence.
    private static final Pattern NAME =
            Pattern.compile("(?<=[\\p{Ll}\\p{N},] )\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{Ll}+)*|^\\p{Lu}\\p{Ll}+(?= \\p{Ll})");

    /** Each word becomes the next of its list, the last the first. */
    private static Map<String, String> inTurn(String... lists) {
        Map<String, String> next = new HashMap<>();
        for (String list : lists) {
            String[] words = list.split(" ", -1);
            for (int i = 0; i < words.length; i++) {
                next.put(words[i], words[(i + 1) % words.length]);
            }
        }
        return Map.copyOf(next);
    }

    private static Map<String, String> bothWays(String... pairs) {
        Map<String, String> words = new HashMap<>();
        for (String pair : pairs) {
            int space = pair.indexOf(' ');
            words.put(pair.substring(0, space), pair.substring(space + 1));
            words.put(pair.substring(space + 1), pair.substring(0, space));
        }
        return Map.copyOf(words);
    }

    @Override
    public String fingerprint() {
        return "counterfactuals 2";
    }

    @Override
    public List<String> write(String query, String positive, int n) {
        Set<String> texts = new LinkedHashSet<>();
        texts.addAll(eachPlace(positive, ANTONYM, Counterfactuals::antonym));
        texts.addAll(eachPlace(positive, NUMBER, Counterfactuals::otherNumber));
        texts.addAll(eachPlace(positive, NEGATED, found -> found.substring(0, found.length() - " not".length())));
        texts.addAll(eachPlace(positive, VERB, found -> found + " not"));
        texts.addAll(eachPlace(positive, DATE, found -> DATES.getOrDefault(found, found)));
        texts.addAll(swappedNames(positive));
        texts.remove(positive);
        return texts.stream().limit(n).toList();
    }

    /** Names inside sentences change places with the next other one. */
    private static List<String> swappedNames(String text) {
        List<String> changed = new ArrayList<>();
        List<MatchResult> names = NAME.matcher(text).results().toList();
        for (int i = 0; i + 1 < names.size(); i++) {
            MatchResult one = names.get(i);
            MatchResult other = names.get(i + 1);
            if (!one.group().equals(other.group())) {
                changed.add(text.substring(0, one.start())
                        + other.group()
                        + text.substring(one.end(), other.start())
                        + one.group()
                        + text.substring(other.end()));
            }
        }
        return changed;
    }

    private static List<String> eachPlace(String text, Pattern pattern, UnaryOperator<String> change) {
        List<String> changed = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        for (MatchResult place : matcher.results().toList()) {
            changed.add(text.substring(0, place.start()) + change.apply(place.group()) + text.substring(place.end()));
        }
        return changed;
    }

    private static String antonym(String word) {
        String other = ANTONYMS.getOrDefault(word.toLowerCase(java.util.Locale.ROOT), word);
        return Character.isUpperCase(word.charAt(0))
                ? Character.toUpperCase(other.charAt(0)) + other.substring(1)
                : other;
    }

    /** A year moves by seven; another number becomes twice itself and one, so that it never stays. */
    private static String otherNumber(String digits) {
        long value = Long.parseLong(digits);
        boolean year = value >= FIRST_YEAR && value <= LAST_YEAR;
        return Long.toString(year ? value + YEARS_OFF : 2 * value + 1);
    }
}
