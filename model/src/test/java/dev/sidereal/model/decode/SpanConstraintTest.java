package dev.sidereal.model.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SpanConstraintTest {
    private static final int VOCABULARY = 40;
    private static final int OPEN = 5;
    private static final int CLOSE = 30;
    private static final int FIRST = 10;
    private static final int END = 28;

    @Property(tries = 200)
    void everySpanIsAnAllowedItemAndTextIsFreeOfItemTokens(@ForAll long seed) {
        Random random = new Random(seed);
        List<int[]> items = List.of(
                new int[] {10, 20}, new int[] {10, 21, 27}, new int[] {12, 20}, new int[] {13}, new int[] {14, 15, 16});
        boolean[] allowed = new boolean[items.size()];
        for (int i = 0; i < allowed.length; i++) {
            allowed[i] = random.nextBoolean();
        }
        SpanConstraint constraint =
                new SpanConstraint(TokenTrie.of(items).where(item -> allowed[item]), OPEN, CLOSE, FIRST, END);
        int state = constraint.start();
        List<Integer> span = null;
        boolean any = false;
        for (int step = 0; step < 300; step++) {
            float[] logits = new float[VOCABULARY];
            for (int i = 0; i < VOCABULARY; i++) {
                logits[i] = (float) random.nextGaussian();
            }
            logits[OPEN] += 1;
            constraint.restrict(state, logits);
            int token = draw(logits, random);
            state = constraint.next(state, token);
            if (span == null) {
                assertThat(token >= FIRST && token < END).isFalse();
                assertThat(token).isNotEqualTo(CLOSE);
                span = token == OPEN ? new ArrayList<>() : null;
            } else if (token == CLOSE) {
                int[] written = span.stream().mapToInt(Integer::intValue).toArray();
                assertThat(items).anySatisfy(item -> {
                    assertThat(item).isEqualTo(written);
                    assertThat(allowed[items.indexOf(item)]).isTrue();
                });
                span = null;
                any = true;
            } else {
                span.add(token);
            }
            assertThat(constraint.inSpan(state)).isEqualTo(span != null);
        }
        boolean nothing = true;
        for (boolean one : allowed) {
            nothing &= !one;
        }
        assertThat(any).isEqualTo(!nothing);
    }

    @Test
    void tokensThatWouldMixUpSpansAreRefused() {
        TrieMask mask = TokenTrie.of(List.of(new int[] {10, 28})).all();
        assertThatThrownBy(() -> new SpanConstraint(mask, OPEN, CLOSE, FIRST, END))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The trie has tokens from 28 to 28 at level 1; the item tokens are 10 to 27.");
        TrieMask good = TokenTrie.of(List.of(new int[] {10, 27})).all();
        assertThatThrownBy(() -> new SpanConstraint(good, 12, CLOSE, FIRST, END))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The delimiters of spans must differ from each other and from the item tokens 10 to 27, got"
                        + " 12 and 30.");
    }

    /** Any of the tokens that are left, the likelier the more often. */
    private static int draw(float[] logits, Random random) {
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            double value = logits[i] - Math.log(-Math.log(random.nextDouble()));
            if (logits[i] > Float.NEGATIVE_INFINITY && value > most) {
                most = value;
                best = i;
            }
        }
        return best;
    }
}
