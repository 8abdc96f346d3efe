package dev.sidereal.recommend.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Progress;
import dev.sidereal.core.RecommendRequest.Seen;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecommendDataTest {
    @TempDir
    Path folder;

    private void file(String name, String... lines) throws IOException {
        Files.write(folder.resolve(name), List.of(lines));
    }

    private RecommendData open() {
        return RecommendData.open(folder, LogSettings.defaults(), Progress.none());
    }

    @Test
    void itemsStandInTheOrderOfTheirFirstEventAndOthersFollow() throws IOException {
        file("items.jsonl", "{\"item_id\":\"x\",\"title\":\"Ex\"}", "{\"item_id\":\"a\"}", "{\"item_id\":\"b\"}");
        file("sequences.tsv", "ann\tb a b", "bob\ta");
        RecommendData data = open();
        assertThat(data.index().ids()).containsExactly("b", "a", "x");
        assertThat(data.titles()).containsExactly("b", "a", "Ex");
        assertThat(data.split().test().count()).isEqualTo(1);
        assertThat(data.notes()).containsExactly("1 user with fewer than 2 events, and 1 event of theirs, is left out");
    }

    @Test
    void aFolderWithCasesKeepsItsSplitAndSeesThatUsersComeBack() throws IOException {
        file("items.jsonl", "{\"item_id\":\"a\"}", "{\"item_id\":\"b\"}", "{\"item_id\":\"c\"}");
        file("train.jsonl", "{\"user\":\"ann\",\"items\":[\"a\",\"b\"]}");
        file("valid.jsonl", "{\"user\":\"ann\",\"history\":[\"a\",\"b\"],\"target\":\"a\"}");
        file(
                "test.jsonl",
                "{\"user\":\"ann\",\"history\":[\"a\",\"b\",\"a\"],\"target\":\"c\"}",
                "{\"user\":\"ann\",\"history\":[\"q\",\"b\"],\"target\":\"q\"}");
        RecommendData data = open();
        assertThat(data.seen()).isEqualTo(Seen.KEPT);
        assertThat(data.split().test().count()).isEqualTo(1);
        assertThat(data.split().trainWithValidation()).isEqualTo(Sequences.of(List.of(new int[] {0, 1, 0})));
        assertThat(data.notes())
                .containsExactly(
                        "2 events name an item that is not among the items, for example 'q', and are left out");
    }

    @Test
    void aTrainingPartThatHoldsATestEventIsTold() throws IOException {
        file("items.jsonl", "{\"item_id\":\"a\"}", "{\"item_id\":\"b\"}");
        file("train.jsonl", "{\"user\":\"ann\",\"items\":[\"a\",\"b\"]}");
        file("valid.jsonl", "{\"user\":\"ann\",\"history\":[\"a\"],\"target\":\"b\"}");
        file("test.jsonl", "{\"user\":\"ann\",\"history\":[\"a\"],\"target\":\"b\"}");
        assertThat(open().notes()).singleElement().asString().contains("1 of 1 test events also stand in the training");
    }

    @Test
    void recBolesAtomicFilesAreReadWithTheirItems() throws IOException {
        String name = String.valueOf(folder.getFileName());
        file(
                name + ".item",
                "item_id:token\ttitle:token_seq\tgenre:token_seq",
                "7\tSeven\tdrama",
                "8\tEight\t",
                "9\tNine\t");
        file(
                name + ".inter",
                "user_id:token\titem_id:token\trating:float\ttimestamp:float",
                "1\t8\t4\t20",
                "1\t7\t5\t10",
                "1\t9\t5\t30");
        RecommendData data = open();
        assertThat(data.titles()).containsExactly("Seven", "Eight", "Nine");
        assertThat(data.items().getFirst().fields()).containsKey("genre");
        assertThat(data.split().test().targets()).containsExactly(2);
        assertThat(data.notes())
                .containsExactly("1 event stands after a later one of the same user and is put in order of time");
    }

    @Test
    void movieLensIsReadWithItsFilms() throws IOException {
        file("movies.csv", "movieId,title,genres", "1,Toy Story (1995),Animation", "2,\"Net, The (1995)\",Action");
        file("ratings.dat", "5::2::3::10", "5::1::4::20", "5::2::4::30");
        RecommendData data = open();
        assertThat(data.titles()).containsExactly("Net, The (1995)", "Toy Story (1995)");
        assertThat(data.split().train()).isEqualTo(Sequences.of(List.of(new int[] {0})));
    }

    @Test
    void aTableOfItemsWithoutIdsIsRefused() throws IOException {
        file("movies.csv", "film,title", "1,Toy Story");
        file("ratings.dat", "5::2::3::10");
        assertThatThrownBy(this::open)
                .isInstanceOf(BadInput.class)
                .hasMessage(folder.resolve("movies.csv")
                        + " has no column of ids: expected one of item_id, itemid, movieid,"
                        + " asin, id; columns are film, title");
    }

    @Test
    void aFolderOfNoKnownKindIsRefused() throws IOException {
        file("items.jsonl", "{\"item_id\":\"a\"}");
        assertThatThrownBy(this::open)
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(
                        folder + " is no data folder for recommendation: expected sequences.tsv, test.jsonl with");
        assertThatThrownBy(() -> RecommendData.open(folder.resolve("not"), LogSettings.defaults(), Progress.none()))
                .isInstanceOf(BadInput.class)
                .hasMessage("there is no folder " + folder.resolve("not") + "; check the path");
    }

    @Test
    void anItemUsedTwiceIsRefused() throws IOException {
        file("items.jsonl", "{\"item_id\":\"a\"}", "{\"item_id\":\"a\"}");
        file("sequences.tsv", "ann\ta a a");
        assertThatThrownBy(this::open)
                .isInstanceOf(BadInput.class)
                .hasMessage(folder.resolve("items.jsonl")
                        + ":2: the id 'a' is used by an earlier line; ids must be unique");
    }
}
