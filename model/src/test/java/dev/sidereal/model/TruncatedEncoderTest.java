package dev.sidereal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.error.BadConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class TruncatedEncoderTest {
    /** Vectors 3, 4, 12 scaled by the length of the text, of whatever length. */
    private record Fixed() implements Encoder {
        @Override
        public EncoderCard card() {
            return new EncoderCard("fixed", "0123", 3, 16, false);
        }

        @Override
        public Embeddings encode(Role role, List<String> texts) {
            float[][] vectors = texts.stream()
                    .map(text -> new float[] {3 * text.length(), 4 * text.length(), 12})
                    .toArray(float[][]::new);
            return new Embeddings(vectors, 7, 1);
        }

        @Override
        public void close() {}
    }

    @Test
    void vectorsAreCutAndHaveUnitLengthAgain() {
        try (Encoder cut = new TruncatedEncoder(new Fixed(), 2)) {
            Encoder.Embeddings embeddings = cut.encode(Role.QUERY, List.of("ab", "abcd"));
            for (float[] vector : embeddings.vectors()) {
                assertThat(vector).containsExactly(new float[] {.6f, .8f}, within(1e-6f));
            }
            assertThat(embeddings.tokens()).isEqualTo(7);
            assertThat(embeddings.truncated()).isEqualTo(1);
        }
    }

    @Test
    void itsCardIsItsOwn() {
        EncoderCard two = new TruncatedEncoder(new Fixed(), 2).card();
        EncoderCard three = new TruncatedEncoder(new Fixed(), 3).card();
        assertThat(two.name()).isEqualTo("fixed@2");
        assertThat(two.dims()).isEqualTo(2);
        assertThat(two.normalised()).isTrue();
        assertThat(two.fingerprint()).hasSize(32).isNotEqualTo(three.fingerprint());
    }

    @Test
    void moreDimensionsThanThereAreAreRefused() {
        assertThatThrownBy(() -> Encoders.open("minilm-q@385"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The vectors of minilm-q have 384 dimensions and cannot be cut to 385; choose from 1 to"
                        + " 384.");
    }

    @Test
    void aNameWithDimensionsOpensIt() {
        try (Encoder whole = Encoders.open("minilm-q");
                Encoder cut = Encoders.open("minilm-q@64")) {
            float[] vector = whole.encode(Role.QUERY, List.of("moon")).vectors()[0];
            float[] prefix = cut.encode(Role.QUERY, List.of("moon")).vectors()[0];
            assertThat(cut.card().name()).isEqualTo("minilm-q@64");
            assertThat(prefix).hasSize(64);
            assertThat(prefix[1] / prefix[0]).isCloseTo(vector[1] / vector[0], within(1e-4f));
            assertThat(prefix[0]).isNotEqualTo(vector[0]);
        }
    }
}
