package dev.sidereal.server.job;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.SiderealException;
import dev.sidereal.core.format.RetrievalData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The data that evaluations may use, by name: folders of the workspace's {@code data/} and of the shipped samples that
 * hold an evaluation set. A name is only ever looked up, never made a path of. Immutable.
 */
public final class EvaluationSets {
    private final List<Path> places;

    /** @param places folders of folders, the first wins; those that do not exist are passed over */
    public EvaluationSets(List<Path> places) {
        this.places = List.copyOf(places);
    }

    /**
     * One set.
     *
     * @param name of its folder
     * @param splits of its judgments
     */
    public record EvaluationSet(String name, SortedSet<String> splits) {}

    /** {@return the sets there are, by name} */
    public List<EvaluationSet> all() {
        List<EvaluationSet> sets = new ArrayList<>();
        folders().forEach((name, folder) -> {
            try {
                sets.add(new EvaluationSet(name, RetrievalData.splits(folder)));
            } catch (SiderealException e) {
                // A folder of something else.
                return;
            }
        });
        return sets;
    }

    /**
     * {@return the folder of a set}
     *
     * @throws BadInput if there is none of that name, or it has no such split
     */
    public Path folder(String name, String split) {
        List<EvaluationSet> sets = all();
        EvaluationSet set = sets.stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("there is no evaluation set '" + name + "'; there are "
                        + String.join(
                                ", ", sets.stream().map(EvaluationSet::name).toList())));
        if (!set.splits().contains(split)) {
            throw new BadInput("the evaluation set '" + name + "' has no split '" + split + "'; it has "
                    + String.join(", ", set.splits()));
        }
        return Objects.requireNonNull(folders().get(name), "a set has a folder");
    }

    private Map<String, Path> folders() {
        Map<String, Path> found = new TreeMap<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> inside = Files.list(place)) {
                    inside.filter(Files::isDirectory)
                            .forEach(folder ->
                                    found.putIfAbsent(folder.getFileName().toString(), folder));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return found;
    }
}
