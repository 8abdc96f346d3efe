package dev.sidereal.recommend.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Interaction;
import dev.sidereal.core.Progress;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.CsvReader;
import dev.sidereal.recommend.log.EventColumnMap.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InteractionLogTest {
    private static final LogSettings ALL = LogSettings.defaults().withLeastEvents(1);

    @TempDir
    Path folder;

    private Path file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private static InteractionLog read(EventSource source, LogSettings settings) {
        return InteractionLog.read(source, settings, Progress.none());
    }

    private static EventSource table(Path file) {
        return EventFile.table(file, CsvReader.SNIFF, EventColumnMap.none());
    }

    @Test
    void aLineOfASequenceFileIsAUserWithItemsInOrder() throws IOException {
        InteractionLog log = read(EventFile.sequences(file("s.tsv", "ann\tb a", "bob\ta c b")), ALL);
        assertThat(log.users()).containsExactly("ann", "bob");
        assertThat(log.items().ids()).containsExactly("b", "a", "c");
        assertThat(log.sequences()).isEqualTo(Sequences.of(List.of(new int[] {0, 1}, new int[] {1, 2, 0})));
        assertThat(log.report().sentences()).isEmpty();
    }

    @Test
    void everythingThatIsKnownOfAnEventIsKept() throws IOException {
        InteractionLog log = read(
                EventFile.json(
                        file(
                                "e.jsonl",
                                "{\"user\":\"ann\",\"item\":\"a\",\"ts\":1700000000,\"minutes\":12.5,\"surface\":\"home\",\"exploration\":true}",
                                "{\"user\":\"ann\",\"item\":\"b\",\"ts\":\"2024-01-01\",\"rating\":4}"),
                        EventColumnMap.none()),
                ALL);
        assertThat(log.events(0))
                .containsExactly(
                        new Interaction("ann", "a", 1_700_000_000_000L, 1, 12.5, "home", true),
                        new Interaction("ann", "b", 1_704_067_200_000L, 4, Double.NaN, "", false));
    }

    @Test
    void eventsOfATableAreSortedByTimeAndThatIsTold() throws IOException {
        Path file = file("r.csv", "userId,movieId,rating,timestamp", "1,x,3,30", "1,y,4,10", "2,x,5,5", "1,z,1,20");
        InteractionLog log = read(table(file), ALL);
        assertThat(log.events(0)).extracting(Interaction::item).containsExactly("y", "z", "x");
        assertThat(log.events(0)).extracting(Interaction::weight).containsExactly(4.0, 1.0, 3.0);
        assertThat(log.report().sentences())
                .containsExactly("2 events stand after a later one of the same user and are put in order of time");
    }

    @Test
    void lateEventsAreLeftOutOfAStream() throws IOException {
        Path file = file("r.csv", "user,item,time", "1,x,30", "1,y,10", "1,z,40");
        InteractionLog log = read(table(file), ALL.withDisorder(Disorder.DROP));
        assertThat(log.events(0)).extracting(Interaction::item).containsExactly("x", "z");
        assertThat(log.report().sentences())
                .containsExactly("1 event stands after a later one of the same user and is left out");
    }

    @Test
    void timeGoingBackwardsIsASentenceWhereItMustNot() throws IOException {
        Path file = file("r.csv", "user,item,time", "1,x,30", "1,y,10");
        assertThatThrownBy(() -> read(table(file), ALL.withDisorder(Disorder.REFUSE)))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        file + ":3: time goes backwards: the event of user '1' is of 10000, an earlier line has one of"
                                + " 30000; sort the log by time, or let it be sorted");
    }

    @Test
    void unknownItemsAndUsersWithOneItemAreLeftOutAndCounted() throws IOException {
        EventSource source = EventFile.sequences(file("s.tsv", "ann\ta b", "bob\ta q", "cid\tb"));
        InteractionLog log =
                InteractionLog.read(source, ItemIndex.of(List.of("a", "b")), LogSettings.defaults(), Progress.none());
        assertThat(log.users()).containsExactly("ann");
        assertThat(log.report().sentences())
                .containsExactly(
                        "1 of 5 events names an item that is not among the items, for example 'q', and is left out",
                        "2 users with fewer than 2 events, and 2 events of theirs, are left out");
    }

    @Test
    void aLogOfOtherItemsIsRefused() throws IOException {
        EventSource source = EventFile.sequences(file("s.tsv", "ann\ta b"));
        assertThatThrownBy(() -> InteractionLog.read(
                        source, ItemIndex.of(List.of("x")), LogSettings.defaults(), Progress.none()))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "the log holds no user with 2 events or more: 2 events were read, 2 of them of items that are"
                                + " not among the items, for example 'a'; these are the events of other items");
    }

    @Test
    void columnsAreFoundByRecBolesNamesAndByAMap() throws IOException {
        Path inter = file("x.inter", "user_id:token\titem_id:token\ttimestamp:float", "1\ta\t1", "1\tb\t2");
        assertThat(read(EventFile.table(inter, '\t', EventColumnMap.none()), ALL)
                        .size())
                .isEqualTo(2);
        Path own = file("own.csv", "visitor;sku", "v;a");
        InteractionLog log =
                read(EventFile.table(own, CsvReader.SNIFF, EventColumnMap.parse("user=visitor,item=sku")), ALL);
        assertThat(log.users()).containsExactly("v");
    }

    @Test
    void aTableWithoutHeaderIsReadByPlace() throws IOException {
        Path ratings = file("ratings.dat", "1::10::5::978300760", "1::20::3::978302109");
        InteractionLog log =
                read(EventFile.bare(ratings, "::", List.of(Role.USER, Role.ITEM, Role.WEIGHT, Role.TIME)), ALL);
        assertThat(log.event(0, 1)).isEqualTo(new Interaction("1", "20", 978_302_109_000L, 3, Double.NaN, "", false));
    }

    @Test
    void aMissingColumnIsNamedWithThoseThereAre() throws IOException {
        Path file = file("r.csv", "who,item", "1,x");
        assertThatThrownBy(() -> read(table(file), ALL))
                .isInstanceOf(BadInput.class)
                .hasMessage(file + " has no column for the user: expected one of user, user_id, userid, reviewerid,"
                        + " session_id, or say which with user=COLUMN; columns are who, item");
        assertThatThrownBy(() -> EventColumnMap.parse("wer=who"))
                .isInstanceOf(BadConfig.class)
                .hasMessageContaining("'wer=who' in the column map 'wer=who' is not of the form ROLE=COLUMN");
    }

    @Test
    void aBadRowStopsTheReadingOrIsCounted() throws IOException {
        Path file = file("r.csv", "user,item,time", "1,x,soon", "1,y,2", ",z,3", "1,w,4");
        assertThatThrownBy(() -> read(table(file), ALL))
                .isInstanceOf(BadInput.class)
                .hasMessage(file + ":2: the time must be seconds or milliseconds since 1970 or a date such as"
                        + " 2026-01-31T12:00:00Z, got 'soon'");
        InteractionLog log = read(table(file), ALL.withBadRows(2));
        assertThat(log.size()).isEqualTo(2);
        assertThat(log.report().sentences().getFirst())
                .startsWith("2 rows are no events and are left out; the first: ");
    }
}
