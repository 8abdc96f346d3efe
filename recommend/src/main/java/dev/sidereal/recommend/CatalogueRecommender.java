package dev.sidereal.recommend;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.Hit;
import dev.sidereal.core.Interaction;
import dev.sidereal.core.Item;
import dev.sidereal.core.RecommendRequest;
import dev.sidereal.core.Recommender;
import dev.sidereal.core.filter.FilterMatcher;
import dev.sidereal.recommend.log.ItemIndex;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Ranks the items of a catalogue for one history, with the rights of the asker and the filter inside the ranking: what is
 * not admitted takes no place among the k. Thread-safe if its ranker is. O(items) a request for rights and filter.
 */
public final class CatalogueRecommender implements Recommender {
    private final SequenceRecommender ranker;
    private final List<Item> items;
    private final ItemIndex index;
    private final AclMode mode;

    /**
     * @param ranker whose places are those of {@code items}
     * @param mode what an item without stated readers means
     */
    public CatalogueRecommender(SequenceRecommender ranker, List<Item> items, AclMode mode) {
        this.ranker = ranker;
        this.items = List.copyOf(items);
        this.index = ItemIndex.of(items.stream().map(Item::id).toList());
        this.mode = mode;
    }

    @Override
    public String name() {
        return ranker.name();
    }

    @Override
    public List<Hit> recommend(RecommendRequest request) {
        int[] history = request.history().stream()
                .map(Interaction::item)
                .mapToInt(index::place)
                .filter(place -> place >= 0)
                .toArray();
        BitSet admitted = new BitSet(items.size());
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (request.principal().mayRead(item.acl(), mode) && FilterMatcher.matches(request.filter(), item)) {
                admitted.set(i);
            }
        }
        request.deadline().check();
        Ranked ranked = ranker.rank(
                new Histories(List.of(request.user()), new int[][] {history}, request.seen(), admitted), request.k());
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < ranked.items()[0].length; i++) {
            if (ranked.items()[0][i] >= 0) {
                hits.add(new Hit(items.get(ranked.items()[0][i]).id(), ranked.scores()[0][i], 0, List.of()));
            }
        }
        return hits;
    }
}
