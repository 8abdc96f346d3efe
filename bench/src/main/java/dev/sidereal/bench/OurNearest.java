package dev.sidereal.bench;

import dev.sidereal.core.Hit;
import dev.sidereal.core.Item;
import dev.sidereal.core.Principal;
import dev.sidereal.core.Progress;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.engine.IndexBuild;
import dev.sidereal.engine.Scratch;
import dev.sidereal.search.Blend;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.IndexSettings;
import dev.sidereal.search.IndexSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Our dense leg as callers use it: from a query's text, over rights and items, to hits with ids. */
final class OurNearest implements Nearest {
    private static final Blend DENSE = Blend.only("dense");

    private final VectorSet set;
    private final String variant;
    private final boolean adjustable;
    private final Path folder;
    private final double buildSeconds;
    private final Map<Integer, CatalogueIndex> byWidth = new LinkedHashMap<>();

    /**
     * Builds the index.
     *
     * @param dense its settings
     * @param adjustable whether the search goes by the graph
     */
    OurNearest(VectorSet set, Path folder, String variant, IndexSettings.Dense dense, boolean adjustable) {
        this.set = set;
        this.variant = variant;
        this.adjustable = adjustable;
        this.folder = folder;
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < set.passages().size(); i++) {
            items.add(Item.of(Integer.toString(i), "", set.passages().get(i)));
        }
        IndexSettings settings =
                IndexSettings.words().withDense(dense).withLexical(null).withPassageChars(1_000_000);
        CatalogueIndex.create(folder, settings);
        long start = System.nanoTime();
        try (CatalogueIndex index = CatalogueIndex.openForWriting(folder, set.encoder())) {
            new IndexBuild(index, Progress.none()).run(items.stream(), items.size());
            index.writer().compact();
        }
        this.buildSeconds = (System.nanoTime() - start) / 1e9;
    }

    @Override
    public String subject() {
        return "ours";
    }

    @Override
    public String variant() {
        return variant;
    }

    @Override
    public double buildSeconds() {
        return buildSeconds;
    }

    @Override
    public double megabytes() {
        return Scratch.bytes(folder) / 1e6;
    }

    @Override
    public boolean adjustable() {
        return adjustable;
    }

    @Override
    public Search at(int width) {
        CatalogueIndex index = byWidth.computeIfAbsent(width, this::open);
        return query -> {
            try (IndexSnapshot snapshot = index.snapshot(Principal.anyone())) {
                List<Hit> hits = snapshot.search(set.questions().get(query), VectorSet.NEIGHBOURS, Filter.all(), DENSE);
                int[] top = new int[hits.size()];
                for (int i = 0; i < top.length; i++) {
                    top[i] = Integer.parseInt(hits.get(i).id());
                }
                return top;
            }
        };
    }

    /** The width is read when an index is opened. */
    private CatalogueIndex open(int width) {
        Path manifest = folder.resolve("manifest.json");
        try {
            ObjectNode tree = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(manifest));
            ((ObjectNode) tree.path("settings").path("dense")).put("search_width", width);
            Files.write(manifest, JsonMapper.shared().writeValueAsBytes(tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return CatalogueIndex.open(folder, set.encoder());
    }

    @Override
    public void close() {
        byWidth.values().forEach(CatalogueIndex::close);
    }
}
