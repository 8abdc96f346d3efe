package dev.sidereal.model.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.decode.BeamSettings.Normalisation;
import dev.sidereal.model.decode.cpu.CpuDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BeamSearchTest {
    private static final TinyConfig TINY = TinyConfig.QWEN3;

    @Property(tries = 40)
    void withAsManyBeamsAsItemsTheRankingIsThatOfScoringEachItem(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int items) {
        Random random = new Random(seed);
        List<int[]> sequences = sequences(random, items);
        boolean[] allowed = allowed(random, sequences.size());
        NaiveDecoder naive = new NaiveDecoder(TINY.config(), RandomWeights.of(TINY.config(), 1));
        int[] prompt = random.ints(1 + random.nextInt(20), 0, 20).toArray();
        List<Beam> expected = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            if (allowed[i]) {
                expected.add(new Beam(i, List.of(), logProbability(naive, prompt, sequences.get(i))));
            }
        }
        expected.sort(Comparator.comparingDouble(Beam::score).reversed());
        List<Beam> found = search(BeamSettings.of(sequences.size()), sequences, item -> allowed[item], List.of(prompt))
                .getFirst();
        assertThat(found)
                .extracting(Beam::item)
                .containsExactlyElementsOf(expected.stream().map(Beam::item).toList());
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-3));
            assertThat(found.get(i).tokens())
                    .containsExactlyElementsOf(
                            IntStream.of(sequences.get(found.get(i).item()))
                                    .boxed()
                                    .toList());
        }
    }

    @Property(tries = 60)
    void everyBeamIsLegalAndOfEachPromptAlone(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int beams, @ForAll Normalisation normalisation) {
        Random random = new Random(seed);
        List<int[]> sequences = sequences(random, 60);
        boolean[] allowed = allowed(random, sequences.size());
        List<int[]> prompts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            prompts.add(random.ints(1 + random.nextInt(30), 0, 53).toArray());
        }
        BeamSettings settings = new BeamSettings(beams, normalisation);
        List<List<Beam>> together = search(settings, sequences, item -> allowed[item], prompts);
        long open = IntStream.range(0, allowed.length).filter(i -> allowed[i]).count();
        for (int p = 0; p < prompts.size(); p++) {
            List<Beam> found = together.get(p);
            Set<Integer> items = new HashSet<>();
            for (Beam beam : found) {
                assertThat(allowed[beam.item()]).isTrue();
                assertThat(items.add(beam.item())).isTrue();
                assertThat(beam.score()).isLessThanOrEqualTo(1e-5);
            }
            assertThat(found)
                    .isSortedAccordingTo(Comparator.comparingDouble(Beam::score).reversed());
            assertThat(found.size()).isLessThanOrEqualTo((int) Math.min(beams, open));
            List<Beam> alone = search(settings, sequences, item -> allowed[item], List.of(prompts.get(p)))
                    .getFirst();
            assertThat(found)
                    .extracting(Beam::item)
                    .containsExactlyElementsOf(alone.stream().map(Beam::item).toList());
        }
    }

    @Property(tries = 30)
    void overLegalTokensTheItemsShareAllProbability(@ForAll long seed) {
        Random random = new Random(seed);
        List<int[]> sequences = sequences(random, 30);
        BeamSettings settings = new BeamSettings(sequences.size(), Normalisation.LEGAL);
        List<Beam> found = search(settings, sequences, item -> true, List.of(new int[] {1, 2, 3}))
                .getFirst();
        assertThat(found.stream().mapToDouble(beam -> Math.exp(beam.score())).sum())
                .isCloseTo(1, within(1e-4));
    }

    @Test
    void nothingAllowedGivesNothing() {
        List<int[]> sequences = List.of(new int[] {1, 2}, new int[] {3, 4});
        assertThat(search(BeamSettings.of(5), sequences, item -> false, List.of(new int[] {7})))
                .containsExactly(List.of());
        assertThat(search(BeamSettings.of(5), List.of(), item -> true, List.of(new int[] {7})))
                .containsExactly(List.of());
    }

    @Test
    void whatDoesNotFitTheModelIsASentence() {
        assertThatThrownBy(() -> search(BeamSettings.of(2), List.of(new int[] {53}), i -> true, List.of(new int[] {7})))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "The trie has the token 53, the model's vocabulary has 53; they belong to different models.");
        assertThatThrownBy(() -> search(BeamSettings.of(2), List.of(new int[] {5}), i -> true, List.of(new int[65])))
                .isInstanceOf(BadConfig.class)
                .hasMessage("A prompt of 65 positions and sequences of 1 tokens exceed the 64 positions of the model;"
                        + " shorten the prompt.");
        assertThatThrownBy(() -> BeamSettings.of(0))
                .isInstanceOf(BadConfig.class)
                .hasMessage("A beam search needs at least 1 beam, got 0.");
    }

    private static List<List<Beam>> search(
            BeamSettings settings, List<int[]> sequences, IntPredicate allowed, List<int[]> prompts) {
        TokenTrie trie = TokenTrie.of(sequences);
        var weights = RandomWeights.of(TINY.config(), 1);
        try (Decoder decoder = CpuDecoder.open(TINY.config(), weights, CpuDecoder.Precision.F32, 1)) {
            List<List<Input>> inputs =
                    prompts.stream().map(p -> List.of(Input.of(p))).toList();
            return new BeamSearch(decoder, settings).search(inputs, trie.where(allowed));
        }
    }

    private static double logProbability(NaiveDecoder naive, int[] prompt, int[] sequence) {
        int[] all =
                IntStream.concat(IntStream.of(prompt), IntStream.of(sequence)).toArray();
        double[][] logits = naive.run(all).logits();
        double sum = 0;
        for (int i = 0; i < sequence.length; i++) {
            double[] row = logits[prompt.length - 1 + i];
            double max = IntStream.range(0, row.length)
                    .mapToDouble(t -> row[t])
                    .max()
                    .orElseThrow();
            double total = 0;
            for (double logit : row) {
                total += Math.exp(logit - max);
            }
            sum += row[sequence[i]] - max - Math.log(total);
        }
        return sum;
    }

    /** Up to three tokens each, tokens of a level in a range of their own. */
    private static List<int[]> sequences(Random random, int count) {
        Set<List<Integer>> seen = new HashSet<>();
        List<int[]> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int first = random.nextInt(5);
            // The first token says how long the sequence is, so that none begins another.
            int[] sequence = first == 0
                    ? new int[] {20}
                    : new int[] {20 + first, 30 + random.nextInt(5), 40 + random.nextInt(5)};
            if (seen.add(IntStream.of(sequence).boxed().toList())) {
                out.add(sequence);
            }
        }
        return out;
    }

    private static boolean[] allowed(Random random, int size) {
        boolean[] out = new boolean[size];
        for (int i = 0; i < size; i++) {
            out[i] = random.nextInt(4) > 0;
        }
        return out;
    }
}
