package dev.sidereal.search;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/**
 * Collects the k best items of a query over passages; an item scores as its best passage. The floor of
 * the heap lets Lucene skip blocks of postings that cannot reach it.
 */
final class TopItemsCollector implements Collector {
    private final View view;
    private final TopItems top;

    private TopItemsCollector(View view, TopItems top) {
        this.view = view;
        this.top = top;
    }

    /** {@return a manager for one search by one thread, whose result is the given heap, filled} */
    static CollectorManager<TopItemsCollector, TopItems> manager(View view, TopItems top) {
        return new CollectorManager<>() {
            @Override
            public TopItemsCollector newCollector() {
                return new TopItemsCollector(view, top);
            }

            @Override
            public TopItems reduce(java.util.Collection<TopItemsCollector> collectors) {
                return top;
            }
        };
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.TOP_SCORES;
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
        return new SegmentCollector(new ItemGrouper(view.parents(leaf), leaf.docBase, top));
    }

    private final class SegmentCollector implements LeafCollector {
        private final ItemGrouper grouper;
        private Scorable scorer = NO_SCORER;
        private float floor = Float.NEGATIVE_INFINITY;

        SegmentCollector(ItemGrouper grouper) {
            this.grouper = grouper;
        }

        @Override
        public void setScorer(Scorable scorer) throws IOException {
            this.scorer = scorer;
            floor = Float.NEGATIVE_INFINITY;
            raiseFloor();
        }

        @Override
        public void collect(int doc) throws IOException {
            if (grouper.add(doc, scorer.score())) {
                raiseFloor();
            }
        }

        @Override
        public void finish() {
            grouper.finish();
        }

        private void raiseFloor() throws IOException {
            if (top.floor() > floor) {
                floor = top.floor();
                scorer.setMinCompetitiveScore(floor);
            }
        }
    }

    private static final Scorable NO_SCORER = new Scorable() {
        @Override
        public float score() {
            throw new IllegalStateException("collected before a scorer was set");
        }
    };
}
