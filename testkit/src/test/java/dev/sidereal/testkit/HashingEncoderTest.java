package dev.sidereal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Encoder.Embeddings;
import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.vector.Vectors;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HashingEncoderTest {
    private final HashingEncoder encoder = new HashingEncoder(96);

    @Test
    void textsThatShareWordsAreNear() {
        float[][] vectors = encoder.encode(
                        Role.DOCUMENT,
                        List.of("the old stone bridge", "an old bridge of stone", "feeding a sourdough starter"))
                .vectors();

        assertThat(Vectors.dot(vectors[0], vectors[1])).isGreaterThan(0.5f);
        assertThat(Vectors.dot(vectors[0], vectors[2])).isBetween(-0.4f, 0.4f);
    }

    @Property
    void everyTextGetsAUnitVectorInEitherRole(@ForAll String text, @ForAll @IntRange(min = 1, max = 200) int dims) {
        HashingEncoder some = new HashingEncoder(dims);
        float[] vector = some.encode(Role.QUERY, List.of("other", text)).vectors()[1];

        assertThat(vector).hasSize(dims);
        assertThat(Vectors.dot(vector, vector)).isCloseTo(1, within(1e-5f));
        assertThat(some.encode(Role.DOCUMENT, List.of(text)).vectors()[0]).isEqualTo(vector);
    }

    @Test
    void countsTokensAndCutsLongTexts() {
        Embeddings embeddings = encoder.encode(Role.DOCUMENT, List.of("one, two", "word ".repeat(300)));

        assertThat(embeddings.tokens()).isEqualTo(2 + HashingEncoder.MAX_TOKENS);
        assertThat(embeddings.truncated()).isEqualTo(1);
    }
}
