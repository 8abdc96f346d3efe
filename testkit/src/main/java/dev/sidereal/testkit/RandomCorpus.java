package dev.sidereal.testkit;

import dev.sidereal.core.Acl;
import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.Section;
import dev.sidereal.core.catalogue.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Items made of invented words whose frequencies follow Zipf's law, with sections, fields of all types and rights of all
 * kinds, each missing from some. Equal seeds give equal items; a longer corpus begins with the shorter one.
 */
public final class RandomCorpus {
    /** The fields of every corpus. */
    public static final Schema SCHEMA = new Schema(new TreeMap<>(Map.of(
            "lang", FieldType.KEYWORD,
            "year", FieldType.NUMBER,
            "published", FieldType.DATE,
            "open", FieldType.BOOLEAN,
            "tags", FieldType.SET)));

    private static final int VOCABULARY = 400;
    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";
    private static final List<String> WORDS = words();
    private static final double[] CUMULATIVE = cumulative();
    private static final List<String> LANGUAGES = List.of("en", "de", "fr", "pt-BR");
    private static final List<String> TAGS = List.of("red", "green", "blue", "deep sea", "c++");
    private static final Instant FIRST_DAY = Instant.parse("2015-01-01T00:00:00Z");
    private static final int HOURS = 10 * 365 * 24;

    private final Random random;

    private RandomCorpus(Random random) {
        this.random = random;
    }

    /**
     * Makes a corpus.
     *
     * @param n how many items; their ids are {@code r000000}, {@code r000001} and so on
     */
    public static List<Item> items(int n, long seed) {
        List<Item> items = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            items.add(new RandomCorpus(new Random(seed * 1_000_003 + i)).item("r%06d".formatted(i)));
        }
        return Collections.unmodifiableList(items);
    }

    /** {@return some words of the corpora's vocabulary, frequent ones more often; at least one} */
    public static String query(Random random) {
        return new RandomCorpus(random).text(1 + random.nextInt(4));
    }

    private Item item(String id) {
        String title = text(3);
        String text = text(10 + random.nextInt(50));
        List<Section> sections = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            for (int i = 0; i <= random.nextInt(3); i++) {
                sections.add(new Section("s" + i, text(2), text(5 + random.nextInt(20))));
            }
        }
        return new Item(id, title, text, sections, fields(), acl());
    }

    private SortedMap<String, FieldValue> fields() {
        SortedMap<String, FieldValue> fields = new TreeMap<>();
        put(fields, "lang", new FieldValue.Keyword(pick(LANGUAGES)));
        put(fields, "year", new FieldValue.Numeric(2000 + random.nextInt(25)));
        Instant published = FIRST_DAY.plus(random.nextInt(HOURS), ChronoUnit.HOURS);
        put(fields, "published", new FieldValue.Timestamp(published));
        put(fields, "open", new FieldValue.Flag(random.nextBoolean()));
        put(fields, "tags", new FieldValue.Keywords(new TreeSet<>(picks(TAGS))));
        return fields;
    }

    private void put(SortedMap<String, FieldValue> fields, String name, FieldValue value) {
        if (random.nextInt(5) > 0) {
            fields.put(name, value);
        }
    }

    private Acl acl() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> Acl.unstated();
            case 2 -> Acl.readers(List.of());
            default -> Acl.readers(picks(PrincipalArbitraries.READERS));
        };
    }

    private List<String> picks(List<String> from) {
        List<String> picks = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            picks.add(pick(from));
        }
        return picks;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String text(int length) {
        List<String> words = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            int at = Arrays.binarySearch(CUMULATIVE, random.nextDouble());
            words.add(WORDS.get(Math.min(at < 0 ? -at - 1 : at, VOCABULARY - 1)));
        }
        return String.join(" ", words);
    }

    private static double[] cumulative() {
        double[] sums = new double[VOCABULARY];
        double sum = 0;
        for (int rank = 1; rank <= VOCABULARY; rank++) {
            sum += 1.0 / rank;
            sums[rank - 1] = sum;
        }
        for (int i = 0; i < VOCABULARY; i++) {
            sums[i] /= sum;
        }
        return sums;
    }

    private static List<String> words() {
        Random random = new Random(1);
        TreeSet<String> words = new TreeSet<>();
        while (words.size() < VOCABULARY) {
            StringBuilder word = new StringBuilder();
            for (int i = 0; i < 2 + words.size() % 3; i++) {
                word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
                word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
            }
            words.add(word.append('n').toString());
        }
        List<String> shuffled = new ArrayList<>(words);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled);
    }
}
