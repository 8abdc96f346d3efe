package dev.sidereal.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Acl;
import dev.sidereal.core.AclMode;
import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.Judgment;
import dev.sidereal.core.Progress;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.CorruptArtifact;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.core.format.ColumnMap;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    @TempDir
    Path work;

    private Path target;

    @BeforeEach
    void name() {
        target = work.resolve("cat");
    }

    private CatalogueSource jsonl(String... lines) throws IOException {
        Path file = Files.write(work.resolve("in.jsonl"), List.of(lines));
        return Importers.named("jsonl").open(file, ImportOptions.defaults());
    }

    private CatalogueReport write(CatalogueSource source, CatalogueSettings settings) {
        return Catalogue.write(target, source, settings, Progress.none());
    }

    private void assertRefused(String message, String... lines) {
        assertThatThrownBy(() -> write(jsonl(lines), CatalogueSettings.defaults()))
                .isInstanceOf(BadInput.class)
                .hasMessage(message.replace("FILE", work.resolve("in.jsonl").toString()));
        assertThat(work).isDirectoryNotContaining(p -> !p.equals(work.resolve("in.jsonl")));
    }

    private static List<Item> items(Catalogue catalogue) {
        try (Stream<Item> items = catalogue.items()) {
            return items.toList();
        }
    }

    @Test
    void comesBackAsItWasWritten() throws IOException {
        CatalogueSource source = jsonl(
                "{\"id\":\"1\",\"text\":\"a\",\"day\":\"2024-01-02\",\"acl\":[\"group:staff\"]}",
                "{\"id\":\"2\",\"title\":\"t\",\"text\":\"longest\",\"n\":2}");
        List<Item> expected;
        try (var rows = source.items().rows(dev.sidereal.core.format.BadRows.stop())) {
            expected = rows.map(r -> r.item()).toList();
        }
        write(source, CatalogueSettings.defaults().withAcl(AclMode.CLOSED).withLanguage("de"));
        Catalogue catalogue = Catalogue.open(target);
        assertThat(items(catalogue)).isEqualTo(expected);
        assertThat(catalogue.acl()).isEqualTo(AclMode.CLOSED);
        assertThat(catalogue.language()).isEqualTo("de");
        assertThat(catalogue.size()).isEqualTo(2);
        assertThat(catalogue.schema().fields())
                .isEqualTo(new TreeMap<>(Map.of("day", FieldType.DATE, "n", FieldType.NUMBER)));
        assertThat(catalogue.splits()).isEmpty();
        assertThat(catalogue.queries()).isEmpty();
        assertThat(catalogue.links()).isEmpty();
    }

    @Test
    void keywordsThatLookLikeDatesStayKeywords() throws IOException {
        Path file = Files.writeString(work.resolve("in.jsonl"), "{\"id\":\"1\",\"code\":\"2024-01-02\"}");
        Schema declared = new Schema(new TreeMap<>(Map.of("code", FieldType.KEYWORD)));
        write(
                Importers.named("jsonl").open(file, ImportOptions.defaults().withTypes(declared)),
                CatalogueSettings.defaults());
        assertThat(items(Catalogue.open(target)))
                .containsExactly(Item.of("1", "", "").withField("code", new FieldValue.Keyword("2024-01-02")));
    }

    @Test
    void anEvaluationSetAndLinksStayWithIt() throws IOException {
        CatalogueSource items = jsonl("{\"id\":\"1\"}", "{\"id\":\"2\"}");
        Qrels qrels = Qrels.of(List.of(new Judgment("q", "1", 1)));
        CatalogueSource source = new CatalogueSource(
                "test",
                items.items(),
                List.of(new Query("q", "what")),
                new TreeMap<>(Map.of("test", qrels)),
                List.of(new Link("1", "2"), new Link("2", "9")),
                List.of("odd"));
        CatalogueReport report = write(source, CatalogueSettings.defaults());
        assertThat(report.warnings())
                .containsExactly("odd", "1 of 2 links name an item that is not there, for example '2' to '9'");
        Catalogue catalogue = Catalogue.open(target);
        assertThat(catalogue.queries()).containsExactly(new Query("q", "what"));
        assertThat(catalogue.splits()).containsExactly("test");
        assertThat(catalogue.qrels("test")).isEqualTo(qrels);
        assertThat(catalogue.links()).containsExactly(new Link("1", "2"), new Link("2", "9"));
        assertThatThrownBy(() -> catalogue.qrels("dev"))
                .isInstanceOf(BadInput.class)
                .hasMessage("the catalogue " + target + " has no split 'dev'; splits are test");
    }

    @Test
    void reportsWhatItFound() throws IOException {
        CatalogueReport report = write(
                jsonl(
                        "{\"id\":\"1\",\"title\":\"t\",\"text\":\"same\"}",
                        "{\"id\":\"2\",\"text\":\"same\",\"acl\":[]}",
                        "{\"id\":\"3\",\"text\":\" \",\"sections\":[{\"text\":\"the longest of all\"}]}",
                        "{\"id\":\"4\"}"),
                CatalogueSettings.defaults().withAcl(AclMode.CLOSED));
        assertThat(report)
                .isEqualTo(new CatalogueReport(
                        4,
                        0,
                        Schema.empty(),
                        1,
                        3,
                        1,
                        3,
                        "3",
                        19,
                        0,
                        List.of(),
                        List.of("3 of 4 items state no readers, and in a closed catalogue nobody can read them")));
    }

    @Test
    void theFirstBadLineStopsAndNothingIsWritten() {
        assertRefused("FILE:2: the id is blank", "{\"id\":\"1\"}", "{\"id\":\"\"}");
        assertRefused(
                "FILE:3: the id '1' is already used at FILE:1; ids must be unique",
                "{\"id\":\"1\"}",
                "{\"id\":\"2\"}",
                "{\"id\":\"1\"}");
        assertRefused(
                "FILE:2: item '2': field 'year' is a keyword, but the catalogue holds it as a number; use one type for a"
                        + " field in all items, or declare the field's type",
                "{\"id\":\"1\",\"year\":1998}",
                "{\"id\":\"2\",\"year\":\"unknown\"}");
        assertRefused("FILE holds no items; a catalogue needs at least one", "");
    }

    @Test
    void badRowsMayBeLeftOutAndAreCounted() throws IOException {
        CatalogueSource source = jsonl(
                "{\"id\":\"1\",\"n\":1}",
                "{\"id\":\"\"}",
                "no json",
                "{\"id\":\"1\"}",
                "{\"id\":\"2\",\"n\":\"x\"}",
                "{\"id\":\"3\"}");
        CatalogueReport report = write(source, CatalogueSettings.defaults().withBadRows(4));
        assertThat(items(Catalogue.open(target))).extracting(Item::id).containsExactly("1", "3");
        assertThat(report.badRows()).isEqualTo(4);
        assertThat(report.badRowSentences()).hasSize(4).allMatch(s -> s.contains("in.jsonl:"));
        assertThatThrownBy(() -> write(source, CatalogueSettings.defaults().withBadRows(3)))
                .isInstanceOf(BadInput.class)
                .hasMessageEndingWith("; this is bad row 4, and only 3 may be left out");
        assertThat(items(Catalogue.open(target))).hasSize(2);
    }

    @Test
    void aFullDiskIsASentenceAndLeavesTheOldCatalogue() throws IOException {
        write(jsonl("{\"id\":\"old\"}"), CatalogueSettings.defaults());
        CatalogueSource source = jsonl("{\"id\":\"new\"}");
        assertThatThrownBy(() -> Catalogue.write(
                        target, source, CatalogueSettings.defaults(), Progress.none(), CatalogueTest::fullDisk))
                .isInstanceOf(Unavailable.class)
                .hasMessage("the disk is full: cannot write " + target
                        + "; the old folder is unchanged; free some room and run it again");
        assertThat(items(Catalogue.open(target))).extracting(Item::id).containsExactly("old");
        assertThat(work)
                .isDirectoryNotContaining(p -> p.getFileName().toString().startsWith("."));
    }

    private static OutputStream fullDisk(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                throw new IOException("No space left on device");
            }
        };
    }

    @Test
    void aDamagedCatalogueIsRefused() throws IOException {
        write(jsonl("{\"id\":\"1\"}"), CatalogueSettings.defaults());
        Path items = target.resolve("items.jsonl.gz");
        byte[] bytes = Files.readAllBytes(items);
        Files.write(items, java.util.Arrays.copyOf(bytes, bytes.length - 3));
        assertThatThrownBy(() -> Catalogue.open(target))
                .isInstanceOf(CorruptArtifact.class)
                .hasMessage("the catalogue " + target + " is damaged: items.jsonl.gz has " + (bytes.length - 3)
                        + " bytes, the manifest says " + bytes.length + "; restore it from a copy or import it again");
    }

    @Test
    void theHashIsOfTheItemsAlone() throws IOException {
        write(jsonl("{\"id\":\"1\",\"n\":1.0}"), CatalogueSettings.defaults());
        String hash = Catalogue.open(target).hash();
        write(
                jsonl("", "{ \"n\" : 1, \"_id\" : \"1\" }"),
                CatalogueSettings.defaults().withLanguage("en"));
        assertThat(Catalogue.open(target).hash()).isEqualTo(hash);
        write(jsonl("{\"id\":\"1\",\"n\":2}"), CatalogueSettings.defaults());
        assertThat(Catalogue.open(target).hash()).isNotEqualTo(hash);
    }

    @Test
    void importsATableByColumnName() throws IOException {
        Path file = Files.writeString(work.resolve("in.csv"), "ASIN;name;price;who\nB1;Lamp;9.5;group:staff\n");
        ImportOptions options = ImportOptions.defaults().withMap(ColumnMap.parse("id=ASIN,title=name,acl=who"));
        write(Importers.named("csv").open(file, options), CatalogueSettings.defaults());
        assertThat(items(Catalogue.open(target)))
                .containsExactly(Item.of("B1", "Lamp", "")
                        .withField("price", new FieldValue.Numeric(9.5))
                        .withAcl(Acl.readers(List.of("group:staff"))));
    }

    @Test
    void importsSplitsThatShareTheirItems() throws IOException {
        Files.writeString(work.resolve("corpus.jsonl"), "{\"_id\":\"d1\",\"text\":\"x\"}\n");
        Files.writeString(
                work.resolve("queries.jsonl"), "{\"_id\":\"a\",\"text\":\"x\"}\n{\"_id\":\"b\",\"text\":\"y\"}\n");
        Files.writeString(work.resolve("qrels.train.tsv"), "a\td1\t1\n");
        Files.writeString(work.resolve("qrels.dev.tsv"), "b\td1\t1\n");
        Importer beir = Importers.named("beir");
        assertThatThrownBy(() -> beir.open(work, ImportOptions.defaults()))
                .isInstanceOf(BadInput.class)
                .hasMessage(work + " has several splits and none is called test; choose one of dev, train");
        write(
                beir.open(work, ImportOptions.defaults().withSplits(List.of("train", "dev"))),
                CatalogueSettings.defaults());
        Catalogue catalogue = Catalogue.open(target);
        assertThat(catalogue.queries()).extracting(Query::id).containsExactly("a", "b");
        assertThat(catalogue.splits()).containsExactly("dev", "train");
    }

    @Test
    void typesAreDeclaredByName() {
        assertThat(Schema.parse("price=number, tags=set").fields())
                .isEqualTo(new TreeMap<>(Map.of("price", FieldType.NUMBER, "tags", FieldType.SET)));
        assertThatThrownBy(() -> Schema.parse("price=money"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("'price=money' in the types 'price=money' is not of the form FIELD=TYPE;"
                        + " types are keyword, number, date, boolean, set");
        assertThatThrownBy(() -> Schema.parse("a=set,a=date"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("the types 'a=set,a=date' name the field 'a' twice");
    }

    @Test
    void unknownFormatsAndLanguagesAreRefused() {
        assertThatThrownBy(() -> Importers.named("xml"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("there is no importer 'xml'; formats are beir, csv, jsonl");
        assertThatThrownBy(() -> CatalogueSettings.defaults().withLanguage("not a tag"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("'not a tag' is no language tag; write one such as en, de or pt-BR, or und");
    }
}
