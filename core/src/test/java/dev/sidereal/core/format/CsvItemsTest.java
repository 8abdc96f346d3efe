package dev.sidereal.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Acl;
import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvItemsTest {
    @TempDir
    Path folder;

    private List<Item> read(String text, String map, Map<String, FieldType> declared) throws IOException {
        Path file = Files.writeString(folder.resolve("f.csv"), text);
        ColumnMap columns = map.isEmpty() ? ColumnMap.none() : ColumnMap.parse(map);
        try (Stream<SourcedItem> rows =
                CsvItems.open(file, CsvReader.SNIFF, columns, declared).rows(BadRows.stop())) {
            return rows.map(SourcedItem::item).toList();
        }
    }

    private List<Item> read(String text) throws IOException {
        return read(text, "", Map.of());
    }

    private void assertBad(String text, String map, String message) {
        assertThatThrownBy(() -> read(text, map, Map.of()))
                .isInstanceOf(BadInput.class)
                .hasMessage(message.replace("FILE", folder.resolve("f.csv").toString()));
    }

    @Test
    void findsColumnsByName() throws IOException {
        assertThat(read("name,price,ASIN\nLamp,9.5,B1\n", "id=ASIN,title=name", Map.of()))
                .containsExactly(Item.of("B1", "Lamp", "").withField("price", new FieldValue.Numeric(9.5)));
        assertThat(read("text,_id\nwords,7\n")).containsExactly(Item.of("7", "", "words"));
    }

    @Test
    void sniffsTheDelimiterFromTheHeader() throws IOException {
        assertThat(read("id\ttitle\n1\ta,b;c\n")).containsExactly(Item.of("1", "a,b;c", ""));
        assertThat(read("id;\"title\";\"a,b,c\"\n1;x,y;\n")).containsExactly(Item.of("1", "x,y", ""));
    }

    @Test
    void quotesMayHoldDelimitersQuotesAndLineEnds() throws IOException {
        assertThat(read("id,title,text\n1,\"a, \"\"b\"\"\",\"one\ntwo\r\nthree\"\n\n2,5\" disk,\n"))
                .containsExactly(Item.of("1", "a, \"b\"", "one\ntwo\r\nthree"), Item.of("2", "5\" disk", ""));
    }

    @Test
    void infersATypeFromAllValuesOfAColumn() throws IOException {
        List<Item> items = read("id,n,zip,day,mixed,flag,none\n1,5,01234,2024-01-02,5,true,\n2,,10000,,x,false,\n");
        assertThat(items.get(0).fields())
                .isEqualTo(new TreeMap<>(Map.of(
                        "n", new FieldValue.Numeric(5),
                        "zip", new FieldValue.Keyword("01234"),
                        "day", new FieldValue.Timestamp(Instant.parse("2024-01-02T00:00:00Z")),
                        "mixed", new FieldValue.Keyword("5"),
                        "flag", new FieldValue.Flag(true))));
        assertThat(items.get(1).fields()).containsOnlyKeys("zip", "mixed", "flag");
    }

    @Test
    void declaredTypesOverride() throws IOException {
        assertThat(read("id,n,tags\n1,5,a | b|\n", "", Map.of("n", FieldType.KEYWORD, "tags", FieldType.SET)))
                .containsExactly(Item.of("1", "", "")
                        .withField("n", new FieldValue.Keyword("5"))
                        .withField("tags", new FieldValue.Keywords(new TreeSet<>(List.of("a", "b")))));
    }

    @Test
    void readersArePartedByCommasOrSpaces() throws IOException {
        List<Item> items = read("id,acl\n1,\"user:ann,group:staff\"\n2,public\n3,\n");
        assertThat(items)
                .extracting(Item::acl)
                .containsExactly(
                        Acl.readers(List.of("user:ann", "group:staff")),
                        Acl.readers(List.of("public")),
                        Acl.unstated());
    }

    @Test
    void saysWhatIsWrong() {
        assertBad("", "", "FILE is empty: expected a header line with the names of the columns");
        assertBad("id,,x\n", "", "FILE:1: column 2 has no name; the first line must name every column");
        assertBad("id,x,x\n", "", "FILE:1: two columns are called 'x'; rename one");
        assertBad(
                "a,b\n1,2\n",
                "",
                "FILE has no column 'id'; say which one it is with id=COLUMN in the column map;" + " columns are a, b");
        assertBad(
                "id,b\n",
                "title=name",
                "FILE has no column 'name', which the column map names as 'title';" + " columns are id, b");
        assertBad(
                "id,ASIN\n",
                "id=ASIN",
                "FILE: both column 'ASIN' (by the column map) and column 'id' are 'id';"
                        + " map the latter to another name");
        assertBad(
                "id,b\n1,\"x\ny\"\n2,3,4\n",
                "",
                "FILE:4: expected 2 values as in the header, got 3; a value that holds"
                        + " the delimiter must stand in double quotes");
        assertBad("id,b\n ,x\n", "", "FILE:2: the id is blank");
        assertBad(
                "id,acl\n1,everyone:x\n",
                "",
                "FILE:2: 'acl': 'everyone:x' names no reader: expected public, user:NAME"
                        + " or group:NAME without white space or comma");
        assertBad(
                "id,b\n1,x\n2,\"open\n3,y\n",
                "",
                "FILE:3: not a table row: Missing closing quote for value; a value that"
                        + " holds quotes must stand in double quotes, with each quote in it doubled");
    }

    @Test
    void aColumnMapIsChecked() {
        assertThatThrownBy(() -> ColumnMap.parse("id"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("'id' in the column map 'id' is not of the form NAME=COLUMN, such as id=ASIN,title=name");
        assertThatThrownBy(() -> ColumnMap.parse("id=a,title=a"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("the column map 'id=a,title=a' names 'title=a' or a part of it twice");
    }
}
