package dev.sidereal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.Acl;
import dev.sidereal.core.FieldType;
import dev.sidereal.core.Item;
import dev.sidereal.core.catalogue.Schema;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CorporaTest {
    @Test
    void theTinyCorpusHasAllThatTestsLookFor() {
        assertRich(TinyCorpus.items(), TinyCorpus.schema());
        assertThat(TinyCorpus.items()).hasSizeBetween(28, 35);
    }

    @Test
    void aRandomCorpusHasAllThatTestsLookFor() {
        assertRich(RandomCorpus.items(50, 1), RandomCorpus.SCHEMA);
    }

    @Test
    void aRandomCorpusFollowsItsSeedAndGrowsAtTheEnd() {
        assertThat(RandomCorpus.items(30, 9))
                .isEqualTo(RandomCorpus.items(50, 9).subList(0, 30));
        assertThat(RandomCorpus.items(30, 9)).isNotEqualTo(RandomCorpus.items(30, 8));
    }

    @Test
    void wordsOfARandomCorpusFollowZipf() {
        Map<String, Integer> counts = new HashMap<>();
        for (Item item : RandomCorpus.items(500, 2)) {
            HashingEncoder.words(item.text()).forEach(word -> counts.merge(word, 1, Integer::sum));
        }
        List<Integer> sorted = counts.values().stream().sorted((a, b) -> b - a).toList();

        assertThat(sorted.getFirst() / (double) sorted.get(9)).isBetween(7.0, 14.0);
        assertThat(sorted.size()).isBetween(350, 400);
        assertThat(counts).containsKeys(RandomCorpus.query(new Random(4)).split(" "));
    }

    private static void assertRich(List<Item> items, Schema schema) {
        Schema found = Schema.empty();
        Set<String> ids = new HashSet<>();
        Set<Acl> acls = new HashSet<>();
        Set<String> readers = new HashSet<>();
        for (Item item : items) {
            found = found.with(item);
            assertThat(ids.add(item.id())).isTrue();
            acls.add(item.acl());
            readers.addAll(item.acl().readers());
        }
        assertThat(found).isEqualTo(schema);
        assertThat(EnumSet.copyOf(schema.fields().values())).isEqualTo(EnumSet.allOf(FieldType.class));
        assertThat(acls).contains(Acl.unstated(), Acl.readers(List.of()));
        assertThat(readers).containsExactlyInAnyOrderElementsOf(PrincipalArbitraries.READERS);
        assertThat(items).anyMatch(item -> item.sections().size() > 1);
        for (String field : schema.fields().keySet()) {
            assertThat(items).anyMatch(item -> !item.fields().containsKey(field));
        }
    }
}
