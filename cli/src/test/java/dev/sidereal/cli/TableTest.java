package dev.sidereal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void numbersStandToTheRightAndTextToTheLeft() {
        String table = new Table("system", "ndcg@10", "hits")
                .row("bm25", 0.5, 10)
                .row("hybrid", 0.71234, 9)
                .render(80);
        assertThat(table).isEqualTo("""
                        system  ndcg@10  hits
                        bm25     0.5000    10
                        hybrid   0.7123     9""");
    }

    @Test
    void theWidestTextIsCutOnANarrowScreen() {
        String table = new Table("rank", "title")
                .row(1, "a title that is far too long")
                .render(24);
        assertThat(table).isEqualTo("""
                        rank  title
                           1  a title that is...""");
    }

    @Test
    void aRowMustFillItsColumns() {
        assertThatThrownBy(() -> new Table("a", "b").row(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a row of 1 cells in 2 columns");
    }
}
