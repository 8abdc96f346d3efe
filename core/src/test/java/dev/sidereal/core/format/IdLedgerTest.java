package dev.sidereal.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Item;
import dev.sidereal.core.error.BadInput;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdLedgerTest {
    private static ItemSource source(List<String> ids) {
        return bad -> IntStream.range(0, ids.size())
                .mapToObj(i -> new SourcedItem(Item.of(ids.get(i), "", ""), "f:" + (i + 1)));
    }

    private static void addAll(IdLedger ledger, ItemSource source) {
        List<SourcedItem> rows = source.rows(BadRows.stop()).toList();
        for (int i = 0; i < rows.size(); i++) {
            ledger.add(rows.get(i), i);
        }
    }

    @Test
    void namesBothPlacesOfADuplicate() {
        ItemSource source = source(List.of("a", "b", "c", "b"));
        assertThatThrownBy(() -> addAll(new IdLedger(source), source))
                .isInstanceOf(BadInput.class)
                .hasMessage("f:4: the id 'b' is already used at f:2; ids must be unique");
    }

    @Test
    void idsWhoseHashesCollideAreNoDuplicates() {
        List<String> ids = IntStream.range(0, 40).mapToObj(i -> "id" + i).toList();
        ItemSource source = source(ids);
        addAll(new IdLedger(source, id -> 0), source);
        ItemSource twice = source(List.of("a", "b", "c", "c"));
        assertThatThrownBy(() -> addAll(new IdLedger(twice, id -> 5), twice))
                .hasMessage("f:4: the id 'c' is already used at f:3; ids must be unique");
    }

    @Test
    void keepsEveryIdWhileItGrows() {
        List<String> ids =
                IntStream.range(0, 20_000).mapToObj(Integer::toString).toList();
        ItemSource source = source(ids);
        IdLedger ledger = new IdLedger(source);
        addAll(ledger, source);
        assertThat(ids).allMatch(ledger::mayContain);
        assertThat(ledger.mayContain("20000")).isFalse();
    }
}
