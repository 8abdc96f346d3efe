package dev.sidereal.testkit;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.Section;
import dev.sidereal.core.catalogue.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Items and field values of any content, the ugly ones included: for formats, schemas and round trips. */
public final class ItemArbitraries {
    private static final Instant EARLIEST = Instant.parse("-0100-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+12000-01-01T00:00:00Z");

    private ItemArbitraries() {}

    /** {@return items whose fields are some of the schema's, with texts of any characters} */
    public static Arbitrary<Item> items(Schema schema) {
        Arbitrary<String> ids = texts().filter(text -> !text.isBlank());
        Arbitrary<Section> sections =
                Combinators.combine(texts(), texts(), texts()).as(Section::new);
        return Combinators.combine(
                        ids,
                        texts(),
                        texts(),
                        sections.list().ofMaxSize(3),
                        fields(schema),
                        PrincipalArbitraries.acls())
                .as(Item::new);
    }

    /** {@return values of a type; dates lie between the years -100 and 12000} */
    public static Arbitrary<FieldValue> values(FieldType type) {
        return switch (type) {
            case KEYWORD -> texts().map(FieldValue.Keyword::new);
            case NUMBER ->
                Arbitraries.oneOf(
                                Arbitraries.integers().between(-5, 5).map(Integer::doubleValue), Arbitraries.doubles())
                        .map(FieldValue.Numeric::new);
            case DATE ->
                Arbitraries.longs()
                        .between(EARLIEST.toEpochMilli(), LATEST.toEpochMilli())
                        .map(millis -> new FieldValue.Timestamp(Instant.ofEpochMilli(millis)));
            case BOOLEAN -> Arbitraries.of(true, false).map(FieldValue.Flag::new);
            case SET -> texts().set().ofMaxSize(3).map(values -> new FieldValue.Keywords(new TreeSet<>(values)));
        };
    }

    private static Arbitrary<SortedMap<String, FieldValue>> fields(Schema schema) {
        List<Arbitrary<Map.Entry<String, FieldValue>>> entries = schema.fields().entrySet().stream()
                .map(field -> values(field.getValue()).map(value -> Map.entry(field.getKey(), value)))
                .toList();
        return Combinators.combine(entries).as(all -> all).flatMap(ItemArbitraries::some);
    }

    private static Arbitrary<SortedMap<String, FieldValue>> some(List<Map.Entry<String, FieldValue>> all) {
        return Arbitraries.subsetOf(all).map(chosen -> {
            SortedMap<String, FieldValue> fields = new TreeMap<>();
            chosen.forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
            return fields;
        });
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(12);
    }
}
