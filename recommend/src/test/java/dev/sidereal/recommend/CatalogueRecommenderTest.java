package dev.sidereal.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Acl;
import dev.sidereal.core.AclMode;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Hit;
import dev.sidereal.core.Item;
import dev.sidereal.core.Principal;
import dev.sidereal.core.RecommendRequest;
import dev.sidereal.core.RecommendRequest.Seen;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.core.filter.FilterMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CatalogueRecommenderTest {
    @Property(tries = 100)
    void whatIsForbiddenNeverComesBackAndTheListIsStillFilled(@ForAll long seed) {
        Random random = new Random(seed);
        List<Item> items = new ArrayList<>();
        float[] scores = new float[30];
        for (int i = 0; i < scores.length; i++) {
            Item item = Item.of("i" + i, "", "")
                    .withField("colour", new FieldValue.Keyword(random.nextBoolean() ? "red" : "blue"));
            items.add(random.nextInt(3) == 0 ? item.withAcl(Acl.readers(List.of("user:ann"))) : item);
            scores[i] = random.nextInt(6);
        }
        CatalogueRecommender recommender =
                new CatalogueRecommender(new FullRanking("made up", fixed(scores)), items, AclMode.OPEN);
        Filter filter = new Filter.Is("colour", new FieldValue.Keyword("red"));
        Principal principal = random.nextBoolean() ? Principal.user("ann") : Principal.anyone();
        RecommendRequest request = RecommendRequest.of(List.of("i3", "nowhere", "i7"), 5, principal)
                .withFilter(filter)
                .withSeen(random.nextBoolean() ? Seen.KEPT : Seen.REMOVED);

        List<String> expected = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> -scores[i]));
        for (int i : order) {
            boolean seen = request.seen() == Seen.REMOVED && (i == 3 || i == 7);
            if (expected.size() < 5
                    && !seen
                    && principal.mayRead(items.get(i).acl(), AclMode.OPEN)
                    && FilterMatcher.matches(filter, items.get(i))) {
                expected.add("i" + i);
            }
        }
        assertThat(recommender.recommend(request)).extracting(Hit::id).containsExactlyElementsOf(expected);
    }

    private static ItemScorer fixed(float[] fixed) {
        return new ItemScorer() {
            @Override
            public int items() {
                return fixed.length;
            }

            @Override
            public void score(Histories histories, float[][] scores) {
                System.arraycopy(fixed, 0, scores[0], 0, fixed.length);
            }
        };
    }

    @Test
    void noItemsAskedForIsASentence() {
        assertThatThrownBy(() -> RecommendRequest.of(List.of(), 0, Principal.anyone()))
                .isInstanceOf(BadInput.class)
                .hasMessage("k must be at least 1, got 0");
    }
}
