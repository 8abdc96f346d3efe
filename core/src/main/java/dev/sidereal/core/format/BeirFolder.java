package dev.sidereal.core.format;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import dev.sidereal.core.error.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder as BEIR lays it out: {@code corpus.jsonl}, {@code queries.jsonl} or {@code queries.SPLIT.jsonl}, and qrels as
 * {@code qrels/SPLIT.tsv}, {@code qrels.SPLIT.tsv} or, for the split {@code test}, {@code qrels.tsv}; each may be
 * {@code .gz}. Source: Thakur et al., BEIR, arXiv 2104.08663.
 */
final class BeirFolder implements DataLayout {
    private static final String ONLY_SPLIT = "test";
    private static final Pattern IN_FOLDER = Pattern.compile("(?<split>[^.]+)\\.tsv(\\.gz)?");
    private static final Pattern BESIDE = Pattern.compile("qrels(\\.(?<split>[^.]+))?\\.tsv(\\.gz)?");

    private final Path folder;
    private final Path corpus;
    private final Map<String, FieldType> declared;
    private final SortedMap<String, List<Path>> qrels = new TreeMap<>();

    BeirFolder(Path folder, Path corpus, Map<String, FieldType> declared) {
        this.folder = folder;
        this.corpus = corpus;
        this.declared = Map.copyOf(declared);
        collect(folder, BESIDE);
        if (Files.isDirectory(folder.resolve("qrels"))) {
            collect(folder.resolve("qrels"), IN_FOLDER);
        }
        if (qrels.isEmpty()) {
            throw new BadInput(folder + " has a corpus but no judgments: expected qrels/SPLIT.tsv, qrels.SPLIT.tsv or"
                    + " qrels.tsv (each may be .gz)");
        }
    }

    private void collect(Path parent, Pattern pattern) {
        for (String name : DataFile.names(parent)) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                String split = matcher.group("split") == null ? ONLY_SPLIT : matcher.group("split");
                qrels.computeIfAbsent(split, s -> new ArrayList<>()).add(parent.resolve(name));
            }
        }
    }

    @Override
    public SortedSet<String> splits() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(qrels.keySet()));
    }

    @Override
    public ItemSource items(String split) {
        return new JsonItems(corpus, declared);
    }

    @Override
    public List<Query> queries(String split) {
        Path own = DataFile.find(folder, "queries." + split + ".jsonl");
        Path file = own == null ? DataFile.find(folder, "queries.jsonl") : own;
        if (file == null) {
            throw new BadInput(folder + " has no queries: expected queries.jsonl or queries." + split
                    + ".jsonl (each may be .gz)");
        }
        return QueryFile.read(file);
    }

    @Override
    public Qrels qrels(String split) {
        Path file = DataFile.onlyOne(qrels.getOrDefault(split, List.of()));
        if (file == null) {
            throw new BadInput(folder + " has no split '" + split + "'; splits are " + String.join(", ", splits()));
        }
        return TrecQrelsFile.read(file);
    }
}
