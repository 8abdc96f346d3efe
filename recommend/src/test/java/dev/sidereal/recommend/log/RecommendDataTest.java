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
        assertThat(data.notes())
                .containsExactly("1 users with fewer than 2 events, and 1 events of theirs, are left out");
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
