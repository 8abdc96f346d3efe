package dev.sidereal.engine;

import dev.sidereal.core.Progress;
import dev.sidereal.core.catalogue.Catalogue;
import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.IndexSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Builds or updates the index of a catalogue. */
public final class CatalogueIndexing {
    private static final Set<String> LEGS = Set.of("bm25", "dense");

    private final Catalogue catalogue;
    private final Settings settings;
    private final Progress progress;

    public CatalogueIndexing(Catalogue catalogue, Settings settings, Progress progress) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * What an index is to be.
     *
     * @param legs of it
     * @param encoder name, folder or address; ignored without the leg {@code dense}
     * @param quantised whether vectors are kept in one byte a dimension
     * @param passageChars limit of a passage, 0 for what suits the legs
     */
    public record Settings(List<String> legs, String encoder, boolean quantised, int passageChars) {
        public Settings {
            legs = List.copyOf(new TreeSet<>(legs));
            for (String leg : legs) {
                if (!LEGS.contains(leg)) {
                    throw new BadConfig("there is no leg '" + leg + "'; there are bm25, dense");
                }
            }
        }
    }

    /**
     * Brings the index in line with the catalogue; makes it if there is none.
     *
     * @throws ArtifactMismatch if there is an index with other settings
     */
    public IndexBuild.Report run(Path to) {
        IndexSettings words =
                IndexSettings.words().withLanguage(catalogue.language()).withAclMode(catalogue.acl());
        if (!settings.legs().contains("dense")) {
            create(to, sized(words));
            try (CatalogueIndex index = CatalogueIndex.openForWriting(to)) {
                return build(index);
            }
        }
        try (OpenEncoder encoder = OpenEncoder.of(settings.encoder())) {
            IndexSettings.Dense dense =
                    IndexSettings.Dense.defaults(encoder.card()).withQuantised(settings.quantised());
            create(
                    to,
                    sized(
                            settings.legs().contains("bm25")
                                    ? words.withDense(dense)
                                    : words.withDense(dense).withLexical(null)));
            try (CatalogueIndex index = CatalogueIndex.openForWriting(to, encoder)) {
                return build(index);
            }
        }
    }

    private IndexSettings sized(IndexSettings made) {
        return settings.passageChars() == 0 ? made : made.withPassageChars(settings.passageChars());
    }

    private IndexBuild.Report build(CatalogueIndex index) {
        return new IndexBuild(index, progress).run(catalogue.items(), catalogue.size());
    }

    private static void create(Path to, IndexSettings wanted) {
        if (!Files.exists(to)) {
            CatalogueIndex.create(to, wanted);
            return;
        }
        IndexSettings there = CatalogueIndex.settings(to);
        if (!there.equals(wanted)) {
            SettingsDifference difference = SettingsDifference.of(there, wanted);
            throw new ArtifactMismatch("the index " + to + " was made with " + difference.there() + ", asked for "
                    + difference.wanted() + "; use the same settings, or give another folder");
        }
    }
}
