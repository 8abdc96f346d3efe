package dev.sidereal.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Acl;
import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.Section;
import dev.sidereal.core.error.BadInput;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemJsonTest {
    private static Item read(String line, Map<String, FieldType> declared) {
        byte[] bytes = ("\n" + line + "\n").getBytes(StandardCharsets.UTF_8);
        try (JsonLinesReader reader = new JsonLinesReader(TextSource.of("f", new ByteArrayInputStream(bytes)))) {
            return new ItemJson(declared).read(Objects.requireNonNull(reader.next()));
        }
    }

    private static Item read(String line) {
        return read(line, Map.of());
    }

    private static @Nullable FieldValue field(String json) {
        return read("{\"id\":\"1\",\"x\":" + json + "}").fields().get("x");
    }

    @Test
    void readsEveryPart() {
        Item item =
                read("{\"_id\":\"a\",\"title\":\"T\",\"text\":\"body\",\"sections\":[{\"id\":\"s\",\"heading\":\"H\","
                        + "\"text\":\"part\"},{}],\"acl\":[\"user:ann\",\"group:staff\"],\"fields\":{\"year\":1998},"
                        + "\"metadata\":{\"lang\":\"de\"},\"draft\":true,\"gone\":null}");
        assertThat(item)
                .isEqualTo(new Item(
                        "a",
                        "T",
                        "body",
                        List.of(new Section("s", "H", "part"), new Section("", "", "")),
                        new TreeMap<>(Map.of(
                                "year", new FieldValue.Numeric(1998),
                                "lang", new FieldValue.Keyword("de"),
                                "draft", new FieldValue.Flag(true))),
                        Acl.readers(List.of("user:ann", "group:staff"))));
    }

    @Test
    void tellsNobodyFromNotStated() {
        assertThat(read("{\"id\":\"a\"}").acl()).isEqualTo(Acl.unstated());
        assertThat(read("{\"id\":\"a\",\"acl\":[]}").acl()).isEqualTo(Acl.readers(List.of()));
    }

    @Test
    void infersTypesFromTheForm() {
        assertThat(field("\"2024-02-29\"")).isEqualTo(new FieldValue.Timestamp(Instant.parse("2024-02-29T00:00:00Z")));
        assertThat(field("\"2024-02-29T10:30+02:00\""))
                .isEqualTo(new FieldValue.Timestamp(Instant.parse("2024-02-29T08:30:00Z")));
        assertThat(field("\"2024-02-29T10:30:00.5Z\""))
                .isEqualTo(new FieldValue.Timestamp(Instant.parse("2024-02-29T10:30:00.5Z")));
        for (String noDate :
                List.of("2023-02-29", "2024-02-29T10:30:00", "2024-2-9", "2024", "20240229", "1-2-3 of it")) {
            assertThat(field("\"" + noDate + "\"")).isEqualTo(new FieldValue.Keyword(noDate));
        }
        assertThat(field("[\"b\",\"a\",\"b\"]")).isEqualTo(new FieldValue.Keywords(new TreeSet<>(List.of("a", "b"))));
        assertThat(field("[]")).isEqualTo(new FieldValue.Keywords(new TreeSet<>()));
        assertThat(field("1e3")).isEqualTo(new FieldValue.Numeric(1000));
        assertThat(field("\"\"")).isEqualTo(new FieldValue.Keyword(""));
    }

    @Test
    void aDeclaredTypeOverridesTheForm() {
        Map<String, FieldType> declared = Map.of(
                "day", FieldType.KEYWORD, "zip", FieldType.KEYWORD, "price", FieldType.NUMBER, "tags", FieldType.SET);
        Item item =
                read("{\"id\":1,\"day\":\"2024-02-29\",\"zip\":12345,\"price\":\"9.50\",\"tags\":\"new\"}", declared);
        assertThat(item.id()).isEqualTo("1");
        assertThat(item.fields())
                .isEqualTo(new TreeMap<>(Map.of(
                        "day", new FieldValue.Keyword("2024-02-29"),
                        "zip", new FieldValue.Keyword("12345"),
                        "price", new FieldValue.Numeric(9.5),
                        "tags", new FieldValue.Keywords(new TreeSet<>(List.of("new"))))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"text\":\"x\"} | f:2: the id is missing: expected '_id' or 'id'; keys are text",
                "{\"id\":\" \"} | f:2: the id is blank",
                "{\"id\":[1]} | f:2: the id must be a text, got an array",
                "{\"id\":\"1\",\"_id\":\"2\"} | f:2: both 'id' and '_id' are given: \"1\" and \"2\"; keep one",
                "{\"id\":\"1\",\"title\":5} | f:2: 'title' must be a text, got 5",
                "{\"id\":\"1\",\"x\":{\"y\":1}} | f:2: field 'x': expected a text, number, true, false or an array of texts, got an object",
                "{\"id\":\"1\",\"x\":[\"a\",1]} | f:2: field 'x': expected an array of texts, got one with 1 in it",
                "{\"id\":\"1\",\"x\":9007199254740993} | f:2: field 'x': the number 9007199254740993 has more digits than a number field can hold; if it is a name, make it a keyword",
                "{\"id\":\"1\",\"fields\":7} | f:2: 'fields' must be an object of fields, got 7",
                "{\"id\":\"1\",\"x\":1,\"fields\":{\"x\":1}} | f:2: field 'x' is given twice, in 'fields' or 'metadata' and beside it; keep one",
                "{\"id\":\"1\",\"acl\":null} | f:2: 'acl' must be an array of readers such as [\"user:ann\", \"group:staff\"], got null; write [] for nobody, or leave it out to follow the catalogue",
                "{\"id\":\"1\",\"acl\":[\"role:x\"]} | f:2: 'acl': 'role:x' names no reader: expected public, user:NAME or group:NAME without white space or comma",
                "{\"id\":\"1\",\"sections\":[{\"body\":\"\"}]} | f:2: section 1: unknown key 'body'; expected id, heading, text",
                "{\"id\":\"\\ud800\"} | f:2: a \\u escape is half of a surrogate pair, which is no character; write the pair or the character itself",
                "[1] | f:2: expected a JSON object, got an array",
                "7 | f:2: expected a JSON object, got 7",
            })
    void saysWhatIsWrong(String line, String message) {
        assertThatThrownBy(() -> read(line)).isInstanceOf(BadInput.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":\"1\"",
                "{\"id\":\"1\"} {}",
                "{\"id\":\"1\",\"id\":\"2\"}",
                "{\"id\":NaN}",
                "id,title",
                "{\"id\":\"1\",\"x\":1e999}"
            })
    void saysWhereItIsNoJson(String line) {
        assertThatThrownBy(() -> read(line)).isInstanceOf(BadInput.class).hasMessageStartingWith("f:2: ");
    }

    @Test
    void declaredTypesThatDoNotFitAreSentences() {
        assertThatThrownBy(() -> read("{\"id\":\"1\",\"d\":\"soon\"}", Map.of("d", FieldType.DATE)))
                .hasMessage("f:2: field 'd': expected a date such as 2026-01-31 or a date-time with zone such as"
                        + " 2026-01-31T12:00:00Z, got 'soon'");
        assertThatThrownBy(() -> read("{\"id\":\"1\",\"d\":\"many\"}", Map.of("d", FieldType.NUMBER)))
                .hasMessage("f:2: field 'd': expected a number such as 12 or 3.5, got 'many'");
        assertThatThrownBy(() -> read("{\"id\":\"1\",\"d\":1}", Map.of("d", FieldType.DATE)))
                .hasMessage("f:2: field 'd': expected a date as text, got 1");
    }

    @Property(tries = 500)
    void comesBackEqualWithItsTypesDeclared(@ForAll("items") Item item) {
        Map<String, FieldType> declared = new TreeMap<>();
        item.fields().forEach((name, value) -> declared.put(name, value.type()));
        assertThat(read(JsonLinesWriter.line(ItemJson.write(item)), declared)).isEqualTo(item);
    }

    @Provide
    Arbitrary<Item> items() {
        Arbitrary<String> text = Arbitraries.strings().all().ofMaxLength(12).filter(UnicodeText::isWellFormed);
        Arbitrary<String> word = Arbitraries.oneOf(
                text,
                Arbitraries.of("2024-02-29", "2024-02-29T10:00:00Z", "true", "1", "", "null", "\u2028", "\ufeff"));
        Arbitrary<String> name =
                Arbitraries.oneOf(text.filter(s -> !s.isBlank()), Arbitraries.of("id", "title", "acl", "fields", "x"));
        Arbitrary<FieldValue> value = Arbitraries.<FieldValue>oneOf(
                word.map(FieldValue.Keyword::new),
                Arbitraries.doubles().filter(Double::isFinite).map(FieldValue.Numeric::new),
                Arbitraries.of(0.0, -0.0, 1e300, Double.MIN_VALUE, 9007199254740992.0)
                        .map(FieldValue.Numeric::new),
                Arbitraries.of(true, false).map(FieldValue.Flag::new),
                word.set().ofMaxSize(3).map(s -> new FieldValue.Keywords(new TreeSet<>(s))),
                instants().map(FieldValue.Timestamp::new));
        Arbitrary<Acl> acl = Arbitraries.oneOf(
                Arbitraries.just(Acl.unstated()),
                Arbitraries.of("public", "user:ann", "group:staff", "user:名前")
                        .set()
                        .map(Acl::readers));
        Arbitrary<Section> section = Combinators.combine(text, text, text).as(Section::new);
        return Combinators.combine(
                        text.filter(s -> !s.isBlank()),
                        text,
                        text,
                        section.list().ofMaxSize(3),
                        Arbitraries.maps(name, value).ofMaxSize(4).map(TreeMap::new),
                        acl)
                .as(Item::new);
    }

    private static Arbitrary<Instant> instants() {
        return Combinators.combine(
                        Arbitraries.longs().between(Long.MIN_VALUE / 1000 + 1, Long.MAX_VALUE / 1000 - 1),
                        Arbitraries.oneOf(
                                Arbitraries.just(0), Arbitraries.integers().between(0, 999_999_999)))
                .as(Instant::ofEpochSecond);
    }
}
