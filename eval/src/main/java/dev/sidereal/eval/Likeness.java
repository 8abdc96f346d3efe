package dev.sidereal.eval;

import dev.sidereal.core.error.ArtifactMismatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether runs are alike enough to be compared, and in what they differ. */
final class Likeness {
    private final Map<String, Circumstances> bySystem;

    /** The order of systems is kept; the first is the baseline. */
    Likeness(Map<String, Circumstances> bySystem) {
        this.bySystem = new LinkedHashMap<>(bySystem);
    }

    /**
     * Refuses runs that name different data, splits or judgments. What a run does not name is not held against it.
     *
     * @throws ArtifactMismatch with every such name and all its values
     */
    void require() {
        List<String> clashes = new ArrayList<>();
        for (String name : Circumstances.DECISIVE) {
            Map<String, String> named = new LinkedHashMap<>();
            bySystem.forEach((system, circumstances) -> {
                String value = circumstances.values().get(name);
                if (value != null) {
                    named.put(system, value);
                }
            });
            if (named.values().stream().distinct().count() > 1) {
                clashes.add(name + " ("
                        + named.entrySet().stream()
                                .map(entry -> entry.getKey() + ": " + entry.getValue())
                                .collect(Collectors.joining(", "))
                        + ")");
            }
        }
        if (!clashes.isEmpty()) {
            throw new ArtifactMismatch("these runs cannot be compared, they differ in " + String.join(" and ", clashes)
                    + ": make them anew from the same data");
        }
    }

    /** {@return names whose values are not the same everywhere, each with system to value; "not stated" where absent} */
    SortedMap<String, Map<String, String>> differences() {
        SortedSet<String> names = new TreeSet<>();
        bySystem.values()
                .forEach(circumstances -> names.addAll(circumstances.values().keySet()));
        SortedMap<String, Map<String, String>> differences = new TreeMap<>();
        for (String name : names) {
            Map<String, String> values = new LinkedHashMap<>();
            bySystem.forEach((system, circumstances) -> values.put(
                    system, Objects.requireNonNullElse(circumstances.values().get(name), "not stated")));
            if (values.values().stream().distinct().count() > 1) {
                differences.put(name, values);
            }
        }
        return differences;
    }
}
