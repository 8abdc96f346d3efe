package dev.sidereal.recommend.log;

import dev.sidereal.core.Item;
import dev.sidereal.core.Progress;
import dev.sidereal.core.RecommendRequest.Seen;
import dev.sidereal.core.artifact.ContentHash;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.CsvReader;
import dev.sidereal.recommend.log.EventColumnMap.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A data folder for recommendation, read as it is: {@code items.jsonl} and one of {@code sequences.tsv} (leave last out),
 * {@code train_from_history.jsonl} or {@code train.jsonl} with {@code valid.jsonl} and {@code test.jsonl} (the folder's own
 * split), or a log of events, {@code events.jsonl}, {@code NAME.inter} of RecBole with {@code NAME.item}, {@code ratings.tsv},
 * {@code ratings.csv} of MovieLens with {@code movies.csv}, {@code u.data}, {@code ratings.dat}. Each may be {@code .gz}.
 * Immutable.
 *
 * @param name of the folder
 * @param items all items that are ranked, by place
 * @param index their ids: in the order of their first event where a log names them, the others after that
 * @param split what is learned from and what is asked
 * @param seen whether what a user has seen is ranked, if nobody says otherwise: removed where no target of the validation
 *     stands in its history
 * @param notes what was left out or is odd, one sentence each
 * @param hash of items, sequences and cases
 */
public record RecommendData(
        String name, List<Item> items, ItemIndex index, LogSplit split, Seen seen, List<String> notes, String hash) {
    private static final List<String> TABLES =
            List.of("events.tsv", "events.csv", "ratings.tsv", "ratings.csv", "interactions.tsv", "interactions.csv");

    private static final List<Role> BARE = List.of(Role.USER, Role.ITEM, Role.WEIGHT, Role.TIME);

    public RecommendData {
        items = List.copyOf(items);
        notes = List.copyOf(notes);
    }

    /**
     * Opens a folder.
     *
     * @throws BadInput if there is no such folder, it is none of the kinds, or a file does not fit
     */
    public static RecommendData open(Path folder, LogSettings settings, Progress progress) {
        if (!Files.isDirectory(folder)) {
            throw new BadInput("there is no folder " + folder + "; check the path");
        }
        Map<String, Item> known = items(folder);
        if (find(folder, "test.jsonl") != null) {
            return OwnSplit.open(folder, known);
        }
        EventSource source = source(folder);
        InteractionLog log = known.isEmpty()
                ? InteractionLog.read(source, settings, progress)
                : InteractionLog.read(source, ItemIndex.of(List.copyOf(known.keySet())), settings, progress);
        return of(folder, known, log);
    }

    private static Map<String, Item> items(Path folder) {
        Path json = find(folder, "items.jsonl");
        if (json != null) {
            return ItemFile.read(json);
        }
        Path recBole = find(folder, baseName(folder) + ".item");
        if (recBole != null) {
            return ItemFile.readTable(recBole, '\t');
        }
        Path movies = find(folder, "movies.csv");
        return movies == null ? Map.of() : ItemFile.readTable(movies, ',');
    }

    private static String baseName(Path folder) {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    private static EventSource source(Path folder) {
        Path sequences = find(folder, "sequences.tsv");
        if (sequences != null) {
            return EventFile.sequences(sequences);
        }
        Path json = find(folder, "events.jsonl");
        if (json != null) {
            return EventFile.json(json, EventColumnMap.none());
        }
        for (String table : TABLES) {
            Path file = find(folder, table);
            if (file != null) {
                return EventFile.table(file, CsvReader.SNIFF, EventColumnMap.none());
            }
        }
        Path inter = find(folder, baseName(folder) + ".inter");
        if (inter != null) {
            return EventFile.table(inter, '\t', EventColumnMap.none());
        }
        Path movieLens = find(folder, "u.data");
        if (movieLens != null) {
            return EventFile.bare(movieLens, "\t", BARE);
        }
        Path older = find(folder, "ratings.dat");
        if (older != null) {
            return EventFile.bare(older, "::", BARE);
        }
        throw new BadInput(folder + " is no data folder for recommendation: expected sequences.tsv, test.jsonl with"
                + " train.jsonl, events.jsonl, " + baseName(folder) + ".inter, u.data, ratings.dat, or"
                + " one of " + String.join(", ", TABLES) + " (each may be .gz)");
    }

    /** Renumbers items in the order of their first event, so that ties do not depend on the order of a catalogue. */
    private static RecommendData of(Path folder, Map<String, Item> known, InteractionLog log) {
        LinkedHashMap<String, Integer> order = new LinkedHashMap<>();
        int[] places = new int[log.items().size()];
        Sequences.Builder renumbered = new Sequences.Builder();
        for (int user = 0; user < log.users().size(); user++) {
            int[] sequence = log.items(user, 0, log.length(user));
            for (int i = 0; i < sequence.length; i++) {
                String id = log.items().id(sequence[i]);
                places[sequence[i]] = order.computeIfAbsent(id, _ -> order.size());
                sequence[i] = places[sequence[i]];
            }
            renumbered.add(sequence);
        }
        known.keySet().forEach(id -> order.computeIfAbsent(id, _ -> order.size()));
        ItemIndex index = ItemIndex.inOrder(order);
        LogSplit split = Splits.leaveLastOut(renumbered.build(), log.users());
        List<String> notes = new ArrayList<>(log.report().sentences());
        int unused = log.users().size() - split.test().count();
        if (unused > 0) {
            notes.add((unused == 1 ? "1 user has" : unused + " users have")
                    + " too few events to leave the last two out, and no part in this");
        }
        return of(folder, known, index, split, notes);
    }

    static RecommendData of(Path folder, Map<String, Item> known, ItemIndex index, LogSplit split, List<String> notes) {
        List<Item> items = index.ids().stream()
                .map(id -> known.getOrDefault(id, Item.of(id, "", "")))
                .toList();
        ContentHash hash = new ContentHash();
        index.ids().forEach(hash::add);
        items.forEach(item -> hash.add(item.title()));
        hash.add(split.train().hashText()).add(text(split.validation())).add(text(split.test()));
        return new RecommendData(baseName(folder), items, index, split, seen(split.validation()), notes, hash.hex());
    }

    private static String text(Cases cases) {
        return cases.histories().hashText() + Arrays.toString(cases.targets());
    }

    private static Seen seen(Cases cases) {
        for (int c = 0; c < cases.count(); c++) {
            for (int item : cases.histories().get(c)) {
                if (item == cases.targets()[c]) {
                    return Seen.KEPT;
                }
            }
        }
        return Seen.REMOVED;
    }

    /** {@return the text that stands for each item in a model of texts: its title, or its id where there is none} */
    public List<String> titles() {
        return ItemFile.titles(items);
    }

    /** {@return the file of that name in a folder, with or without {@code .gz}, null if there is neither} */
    static @Nullable Path find(Path folder, String name) {
        Path plain = folder.resolve(name);
        Path packed = folder.resolve(name + ".gz");
        if (Files.exists(plain) && Files.exists(packed)) {
            throw new BadInput("there are both " + plain + " and " + packed + "; keep one of them");
        }
        return Files.exists(plain) ? plain : Files.exists(packed) ? packed : null;
    }
}
