package dev.sidereal.model.decode.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.Deadline;
import dev.sidereal.model.SmallTokenizer;
import dev.sidereal.model.TextTokenizer;
import dev.sidereal.model.chat.ChatSettings;
import dev.sidereal.model.chat.ChatTemplate;
import dev.sidereal.model.chat.LocalChatModel;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.GeneratedText;
import dev.sidereal.model.decode.GenerationSettings;
import dev.sidereal.model.decode.NaiveDecoder;
import dev.sidereal.model.decode.PieceListener;
import dev.sidereal.model.decode.RandomWeights;
import dev.sidereal.model.decode.TextGenerator;
import dev.sidereal.model.decode.TinyConfig;
import dev.sidereal.model.decode.cpu.CpuDecoder.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Texts of a real decoder with random weights. */
class GeneratedByCpuTest {
    private static final DecoderConfig CONFIG = TinyConfig.QWEN3.config().withVocabulary(SmallTokenizer.VOCABULARY);
    private static final int TOKENS = 12;

    @Test
    void theBestTokensAreThoseOfTheDefinitionAloneAndInABatch() {
        RandomWeights weights = RandomWeights.of(CONFIG, 3);
        NaiveDecoder naive = new NaiveDecoder(CONFIG, weights);
        try (CpuDecoder decoder = CpuDecoder.open(CONFIG, weights, Precision.F32, 1);
                TextTokenizer tokenizer = SmallTokenizer.open()) {
            TextGenerator generator = new TextGenerator(decoder, tokenizer, Set.of());
            List<int[]> prompts =
                    Stream.of("a", "hello you", "xyz").map(tokenizer::encode).toList();
            List<GeneratedText> texts = generator.generate(
                    prompts, GenerationSettings.greedy(TOKENS), Deadline.none(), PieceListener.none());
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(texts.get(i).tokens()).isEqualTo(best(naive, prompts.get(i)));
            }
        }
    }

    private static List<Integer> best(NaiveDecoder naive, int[] prompt) {
        List<Integer> path = new ArrayList<>();
        for (int token : prompt) {
            path.add(token);
        }
        for (int i = 0; i < TOKENS; i++) {
            double[] logits = naive.run(
                            path.stream().mapToInt(Integer::intValue).toArray())
                    .lastLogits();
            int best = 0;
            for (int t = 1; t < logits.length; t++) {
                best = logits[t] > logits[best] ? t : best;
            }
            path.add(best);
        }
        return path.subList(prompt.length, path.size());
    }

    @Test
    void aChatModelAnswersOnIt() {
        CpuDecoder decoder = CpuDecoder.open(CONFIG, RandomWeights.of(CONFIG, 3), Precision.F32, 1);
        ChatTemplate template = ChatTemplate.of("{{ messages[0].content }}", "test", Map.of());
        try (LocalChatModel model = LocalChatModel.of(
                decoder,
                SmallTokenizer.open(),
                template,
                ChatSettings.of("tiny", Set.of()).withGeneration(GenerationSettings.greedy(TOKENS)))) {
            assertThat(model.chat("hello")).isNotEmpty().isEqualTo(model.chat("hello"));
        }
    }
}
