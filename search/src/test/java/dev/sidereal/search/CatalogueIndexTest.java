package dev.sidereal.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Acl;
import dev.sidereal.core.AclMode;
import dev.sidereal.core.Encoder;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Hit;
import dev.sidereal.core.Item;
import dev.sidereal.core.Principal;
import dev.sidereal.core.Section;
import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.CorruptArtifact;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.testkit.HashingEncoder;
import dev.sidereal.testkit.TinyCorpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueIndexTest {
    private static final Blend WORDS = Blend.only("bm25");
    private static final Encoder ENCODER = new HashingEncoder(32);

    @TempDir
    Path folder;

    private Path created(IndexSettings settings) {
        Path path = folder.resolve("index");
        CatalogueIndex.create(path, settings);
        return path;
    }

    private static List<String> ids(CatalogueIndex index, String text) {
        try (IndexSnapshot snapshot = index.snapshot(Principal.system())) {
            return snapshot.search(text, 10, Filter.all(), WORDS).stream()
                    .map(Hit::id)
                    .toList();
        }
    }

    @Test
    void aPutIsSeenAfterARefreshAndKeptAfterClosing() {
        Path path = created(IndexSettings.words());
        try (CatalogueIndex index = CatalogueIndex.openForWriting(path)) {
            index.writer().put(List.of(Item.of("a", "Rivers", "The Danube flows east.")));
            assertThat(ids(index, "danube")).isEmpty();
            index.refresh();
            assertThat(ids(index, "danube")).containsExactly("a");
        }
        try (CatalogueIndex index = CatalogueIndex.open(path)) {
            assertThat(ids(index, "danube")).containsExactly("a");
        }
    }

    @Test
    void anUpdateReplacesAllPassagesOfAnItem() {
        Path path = created(IndexSettings.words());
        Item long1 = new Item(
                "a",
                "Rivers",
                "",
                List.of(new Section("1", "East", "The Danube."), new Section("2", "North", "The Elbe.")),
                new TreeMap<>(),
                Acl.unstated());
        try (CatalogueIndex index = CatalogueIndex.openForWriting(path)) {
            index.writer().put(List.of(long1));
            index.writer().put(List.of(Item.of("a", "Lakes", "Lake Constance.")));
            index.refresh();
            assertThat(ids(index, "danube elbe rivers")).isEmpty();
            assertThat(ids(index, "constance")).containsExactly("a");
        }
    }

    @Test
    void unchangedItemsAreNotWrittenAgain() {
        Path path = created(IndexSettings.hybrid(ENCODER.card()));
        try (CatalogueIndex index = CatalogueIndex.openForWriting(path, ENCODER)) {
            int n = TinyCorpus.items().size();
            assertThat(index.writer().put(TinyCorpus.items()).written()).isEqualTo(n);
            index.writer().commit();
            assertThat(index.writer().put(TinyCorpus.items())).isEqualTo(new ItemWriter.Report(0, n, 0, 0));
        }
    }

    @Test
    void anItemPutTwiceBetweenRefreshesEndsAsTheLastPut() {
        Path path = created(IndexSettings.words());
        Item first = Item.of("a", "", "amber");
        try (CatalogueIndex index = CatalogueIndex.openForWriting(path)) {
            index.writer().put(List.of(first));
            index.writer().commit();
            index.writer().put(List.of(Item.of("a", "", "basalt")));
            index.writer().put(List.of(first));
            index.refresh();
            assertThat(ids(index, "amber basalt")).containsExactly("a");
            assertThat(ids(index, "basalt")).isEmpty();
        }
    }

    @Test
    void aDeletedItemIsGoneAndChangesNoScore() {
        Path path = created(IndexSettings.words());
        Item kept = Item.of("kept", "", "granite and basalt and slate");
        try (CatalogueIndex index = CatalogueIndex.openForWriting(path)) {
            index.writer().put(List.of(kept, Item.of("other", "", "slate")));
            index.refresh();
            double alone = score(index, "granite");
            for (int i = 0; i < 20; i++) {
                index.writer().put(List.of(Item.of("gone" + i, "", "granite granite hill " + i)));
            }
            index.writer().commit();
            assertThat(score(index, "granite")).isNotEqualTo(alone);
            for (int i = 0; i < 20; i++) {
                assertThat(index.writer().delete("gone" + i)).isTrue();
            }
            assertThat(index.writer().delete("gone0")).isFalse();
            index.refresh();
            assertThat(ids(index, "granite")).containsExactly("kept");
            assertThat(score(index, "granite")).isEqualTo(alone);
        }
    }

    private static double score(CatalogueIndex index, String text) {
        try (IndexSnapshot snapshot = index.snapshot(Principal.system())) {
            return snapshot.search(text, 100, Filter.all(), WORDS).stream()
                    .filter(hit -> hit.id().equals("kept"))
                    .findFirst()
                    .orElseThrow()
                    .score();
        }
    }

    @Test
    void retainRemovesWhatIsNotKept() {
        Path path = created(IndexSettings.words());
        try (CatalogueIndex index = CatalogueIndex.openForWriting(path)) {
            index.writer().put(List.of(Item.of("a", "", "stone"), Item.of("b", "", "stone")));
            assertThat(index.writer().retain(id -> id.equals("b"))).isEqualTo(1);
            index.refresh();
            assertThat(ids(index, "stone")).containsExactly("b");
        }
    }

    @Test
    void theBestSectionIsShownAndSnippetsMarkTheWords() {
        Path path = created(IndexSettings.words());
        Item item = new Item(
                "guide",
                "Travel guide",
                "An introduction.",
                List.of(
                        new Section("s", "Sea", "The ferry leaves at noon."),
                        new Section("r", "Rail", "A night train runs.")),
                new TreeMap<>(),
                Acl.unstated());
        try (CatalogueIndex index = CatalogueIndex.openForWriting(path)) {
            index.writer().put(List.of(item));
            index.refresh();
            try (IndexSnapshot snapshot = index.snapshot(Principal.anyone())) {
                Hit hit =
                        snapshot.search("night trains", 1, Filter.all(), WORDS).getFirst();
                Passage passage = snapshot.passage(item, hit.passage());
                assertThat(passage.heading()).isEqualTo("Rail");
                assertThat(snapshot.snippet(passage, "night trains").marked("[", "]"))
                        .isEqualTo("A [night] [train] runs.");
                assertThat(snapshot.item("guide")).contains(item);
            }
        }
    }

    @Test
    void anExplanationAddsUpToTheScore() {
        Path path = created(IndexSettings.hybrid(ENCODER.card()));
        Blend blend = Blend.of(List.of("bm25", "dense"), ReciprocalRankFusion.standard());
        try (CatalogueIndex index = CatalogueIndex.openForWriting(path, ENCODER)) {
            index.writer().put(TinyCorpus.items());
            index.refresh();
            try (IndexSnapshot snapshot = index.snapshot(Principal.system())) {
                List<Hit> hits = snapshot.search("bridge music garden", 5, Filter.all(), blend);
                List<Explanation> explanations = snapshot.explain("bridge music garden", Filter.all(), blend, hits);
                for (int i = 0; i < hits.size(); i++) {
                    Explanation why = explanations.get(i);
                    assertThat(why.id()).isEqualTo(hits.get(i).id());
                    assertThat(why.legs().stream()
                                    .mapToDouble(Explanation.Leg::contribution)
                                    .sum())
                            .isCloseTo(hits.get(i).score(), org.assertj.core.data.Offset.offset(1e-9));
                    for (Explanation.Leg leg : why.legs()) {
                        assertThat(leg.parts().stream()
                                        .mapToDouble(Explanation.Part::score)
                                        .sum())
                                .as("%s of %s", leg.leg(), why.id())
                                .isCloseTo(leg.score(), org.assertj.core.data.Offset.offset(1e-4));
                    }
                }
            }
        }
    }

    @Test
    void oneProcessWritesAtATime() {
        Path path = created(IndexSettings.words());
        try (CatalogueIndex index = CatalogueIndex.openForWriting(path)) {
            assertThat(index.legs()).containsExactly("bm25");
            assertThatThrownBy(() -> CatalogueIndex.openForWriting(path))
                    .isInstanceOf(Unavailable.class)
                    .hasMessage("another process is writing the index " + path + "; wait until it is done or stop it");
        }
    }

    @Test
    void anotherEncoderIsRefusedWithBothNames() {
        Path path = created(IndexSettings.hybrid(ENCODER.card()));
        assertThatThrownBy(() -> CatalogueIndex.open(path, new HashingEncoder(48)))
                .isInstanceOf(ArtifactMismatch.class)
                .hasMessageContaining("was made with encoder " + ENCODER.card().name())
                .hasMessageContaining("32 dims), got")
                .hasMessageContaining("48 dims); open it with its own encoder or index again with this one");
        assertThatThrownBy(() -> CatalogueIndex.open(path))
                .isInstanceOf(BadConfig.class)
                .hasMessageContaining("has a dense leg: open it with its encoder");
    }

    @Test
    void aVectorThatIsNotFiniteStopsTheBatch() {
        Encoder broken = new Encoder() {
            @Override
            public EncoderCard card() {
                return ENCODER.card();
            }

            @Override
            public Embeddings encode(Role role, List<String> texts) {
                float[][] vectors = ENCODER.encode(role, texts).vectors();
                vectors[texts.size() - 1][3] = Float.NaN;
                return new Embeddings(vectors, 1, 0);
            }

            @Override
            public void close() {}
        };
        Path path = created(IndexSettings.hybrid(ENCODER.card()));
        try (CatalogueIndex index = CatalogueIndex.openForWriting(path, broken)) {
            assertThatThrownBy(() ->
                            index.writer().put(List.of(Item.of("fine", "", "stone"), Item.of("bad", "", "stone"))))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("item 'bad'")
                    .hasMessageContaining("gave NaN at dimension 3");
            index.refresh();
            assertThat(ids(index, "stone")).isEmpty();
        }
    }

    @Test
    void aFieldKeepsItsType() {
        Path path = created(IndexSettings.words());
        try (CatalogueIndex index = CatalogueIndex.openForWriting(path)) {
            index.writer().put(List.of(Item.of("a", "", "x").withField("year", new FieldValue.Numeric(1999))));
            assertThatThrownBy(() -> index.writer()
                            .put(List.of(Item.of("b", "", "x").withField("year", new FieldValue.Keyword("1999")))))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining(
                            "item 'b': field 'year' is a keyword, but the catalogue holds it as a number");
        }
    }

    @Test
    void facetsAndCountsSeeOnlyWhatThePrincipalMayRead() {
        Path path = created(IndexSettings.words().withAclMode(AclMode.CLOSED));
        Item open = Item.of("open", "", "stone")
                .withAcl(Acl.readers(List.of("public")))
                .withField("kind", new FieldValue.Keyword("hill"));
        Item secret = Item.of("secret", "", "stone")
                .withAcl(Acl.readers(List.of("group:staff")))
                .withField("kind", new FieldValue.Keyword("cave"));
        Item silent = Item.of("silent", "", "stone").withField("kind", new FieldValue.Keyword("mine"));
        try (CatalogueIndex index = CatalogueIndex.openForWriting(path)) {
            index.writer().put(List.of(open, secret, silent));
            index.refresh();
            try (IndexSnapshot seen = index.snapshot(Principal.user("ann", "staff"))) {
                assertThat(seen.count("stone", Filter.all())).isEqualTo(2);
                assertThat(seen.facets("stone", Filter.all(), List.of("kind"), 5))
                        .containsExactly(
                                new Facet("kind", List.of(new Facet.Count("cave", 1), new Facet.Count("hill", 1))));
                assertThat(seen.item("silent")).isEmpty();
            }
            try (IndexSnapshot seen = index.snapshot(Principal.anyone())) {
                assertThat(seen.facets("", Filter.all(), List.of("kind"), 5))
                        .containsExactly(new Facet("kind", List.of(new Facet.Count("hill", 1))));
                assertThat(seen.item("secret")).isEmpty();
            }
        }
    }

    @Test
    void aDamagedIndexIsNamed() throws Exception {
        Path path = created(IndexSettings.words());
        try (var files = Files.newDirectoryStream(path.resolve("lucene"), "segments_*")) {
            for (Path file : files) {
                Files.write(file, new byte[10]);
            }
        }
        assertThatThrownBy(() -> CatalogueIndex.open(path))
                .isInstanceOf(CorruptArtifact.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining("restore it from a copy or index again");
    }
}
