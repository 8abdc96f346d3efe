package dev.sidereal.recommend.log;

import dev.sidereal.core.Item;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.JsonLinesReader;
import dev.sidereal.core.format.JsonRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A folder that brings its own split: training sequences as {@code {"user", "items": []}}, and cases of validation and test
 * as {@code {"user", "history": [], "target"}}.
 */
final class OwnSplit {
    private static final List<String> TRAINING = List.of("train.jsonl", "train_from_history.jsonl");

    private final ItemIndex index;
    private long unknown;
    private String unknownItem = "";

    private OwnSplit(ItemIndex index) {
        this.index = index;
    }

    static RecommendData open(Path folder, Map<String, Item> known) {
        if (known.isEmpty()) {
            throw new BadInput(folder + " has cases but no items.jsonl, which says what there is to rank");
        }
        ItemIndex index = ItemIndex.of(List.copyOf(known.keySet()));
        OwnSplit reader = new OwnSplit(index);
        Path training = null;
        for (String name : TRAINING) {
            training = training == null ? RecommendData.find(folder, name) : training;
        }
        Path valid = RecommendData.find(folder, "valid.jsonl");
        Path test = RecommendData.find(folder, "test.jsonl");
        if (training == null || valid == null || test == null) {
            throw new BadInput(
                    folder + " has cases but not all of train.jsonl (or train_from_history.jsonl), valid.jsonl"
                            + " and test.jsonl (each may be .gz)");
        }
        SequencedMap<String, int[]> train = reader.training(training);
        Cases validation = reader.cases(valid);
        Cases cases = reader.cases(test);
        LogSplit split = new LogSplit(
                "the folder's own cases",
                Sequences.of(List.copyOf(train.values())),
                validation,
                cases,
                withValidation(train, validation));
        List<String> notes = new ArrayList<>();
        if (reader.unknown > 0) {
            notes.add(reader.unknown + " events name an item that is not among the items, for example '"
                    + reader.unknownItem + "', and are left out");
        }
        notes.addAll(LeakCheck.ofCases(split.train(), List.copyOf(train.keySet()), cases));
        return RecommendData.of(folder, known, index, split, notes);
    }

    private SequencedMap<String, int[]> training(Path file) {
        LinkedHashMap<String, int[]> sequences = new LinkedHashMap<>();
        try (JsonLinesReader reader = JsonLinesReader.open(file)) {
            for (JsonRow row = reader.next(); row != null; row = reader.next()) {
                if (sequences.put(row.text("user"), items(row, "items")) != null) {
                    throw row.error("the user '" + row.text("user") + "' has an earlier line; expected one a user");
                }
            }
        }
        return sequences;
    }

    private Cases cases(Path file) {
        List<String> users = new ArrayList<>();
        Sequences.Builder histories = new Sequences.Builder();
        IntList targets = new IntList();
        try (JsonLinesReader reader = JsonLinesReader.open(file)) {
            for (JsonRow row = reader.next(); row != null; row = reader.next()) {
                int target = place(row.text("target"));
                int[] history = items(row, "history");
                if (target >= 0 && history.length > 0) {
                    users.add(row.text("user"));
                    histories.add(history);
                    targets.add(target);
                }
            }
        }
        if (users.isEmpty()) {
            throw new BadInput(file + " holds no case with a known target and a history");
        }
        return new Cases(users, histories.build(), targets.toArray());
    }

    private int[] items(JsonRow row, String key) {
        JsonNode array = row.node().path(key);
        if (!array.isArray()) {
            throw row.error("'" + key + "' must be an array of ids, keys are "
                    + String.join(", ", row.node().propertyNames()));
        }
        IntList items = new IntList();
        for (JsonNode id : array) {
            int place = place(id.asString(""));
            if (place >= 0) {
                items.add(place);
            }
        }
        return items.toArray();
    }

    private int place(String id) {
        int place = index.place(id);
        if (place < 0) {
            unknownItem = unknown++ == 0 ? id : unknownItem;
        }
        return place;
    }

    /** Each user's training sequence with the target of the user's last validation case. */
    private static Sequences withValidation(SequencedMap<String, int[]> train, Cases validation) {
        LinkedHashMap<String, int[]> last = new LinkedHashMap<>();
        for (int c = 0; c < validation.count(); c++) {
            last.put(validation.users().get(c), new int[] {validation.targets()[c]});
        }
        Sequences.Builder all = new Sequences.Builder();
        train.forEach((user, items) -> {
            int @Nullable [] more = last.remove(user);
            all.add(more == null ? items : appended(items, more[0]));
        });
        last.values().forEach(all::add);
        return all.build();
    }

    private static int[] appended(int[] items, int one) {
        int[] longer = java.util.Arrays.copyOf(items, items.length + 1);
        longer[items.length] = one;
        return longer;
    }
}
