package dev.sidereal.cli;

import dev.sidereal.core.Deadline;
import dev.sidereal.model.Decoders;
import dev.sidereal.model.TextTokenizer;
import dev.sidereal.model.chat.ChatSettings;
import dev.sidereal.model.chat.ChatTemplate;
import dev.sidereal.model.chat.ChatTurn;
import dev.sidereal.model.decode.Decoder;
import dev.sidereal.model.decode.GeneratedText;
import dev.sidereal.model.decode.GenerationSettings;
import dev.sidereal.model.decode.PieceListener;
import dev.sidereal.model.decode.Sampling;
import dev.sidereal.model.decode.TextGenerator;
import dev.sidereal.model.tensor.Device;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code generate}: a text written by a language model's checkpoint. */
@Command(
        name = "generate",
        description = {
            "Let a Llama 3 or Qwen3 checkpoint continue a text or answer a message.",
            "",
            "The folder is one of Hugging Face: config.json, tokenizer.json, safetensors. Text is written greedily"
                    + " unless a temperature is given.",
            "",
            "Examples:",
            "  ./sidereal generate --model Qwen3-0.6B --chat \"Name three moons of Jupiter.\"",
            "  ./sidereal generate --model my-decoder --device cuda --tokens 200 --temperature 0.7 \"Once upon a time\""
        })
final class GenerateVerb implements Verb {
    @Option(names = "--model", required = true, paramLabel = "DIR", description = "The checkpoint's folder.")
    Path model = Path.of("");

    @Option(
            names = "--device",
            defaultValue = "cpu",
            paramLabel = "NAME",
            description = "cpu (default), cuda, cuda:1, or auto; cuda needs a build with -Pgpu.")
    String device = "cpu";

    @Option(
            names = "--tokens",
            defaultValue = "128",
            paramLabel = "N",
            description = "Write at most N tokens (default: ${DEFAULT-VALUE}).")
    int tokens;

    @Option(
            names = "--temperature",
            defaultValue = "0",
            paramLabel = "T",
            description = "Draw tokens instead of taking the best: 1 as the model says, less is tamer.")
    double temperature;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "Of the draws.")
    long seed;

    @Option(names = "--chat", description = "Give the text as a user's message, in the checkpoint's chat template.")
    boolean chat;

    @Parameters(paramLabel = "TEXT", description = "What to continue or answer.")
    String text = "";

    @Override
    public Outcome run(Session session) {
        Sampling sampling = Sampling.GREEDY.withTemperature(temperature).withSeed(seed);
        GenerationSettings settings = GenerationSettings.greedy(tokens).withSampling(sampling);
        try (Decoder decoder = Decoders.open(model, Device.parse(device));
                TextTokenizer tokenizer = TextTokenizer.open(model.resolve("tokenizer.json"))) {
            int[] prompt = chat
                    ? ChatTemplate.open(model).encode(List.of(ChatTurn.user(text)), Map.of(), tokenizer)
                    : tokenizer.encode(text);
            TextGenerator generator = new TextGenerator(
                    decoder, tokenizer, ChatSettings.read(model).endTokens());
            long start = System.nanoTime();
            GeneratedText written = generator
                    .generate(List.of(prompt), settings, Deadline.none(), PieceListener.none())
                    .getFirst();
            double seconds = (System.nanoTime() - start) / 1e9;
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("text", written.text());
            json.put("prompt_tokens", written.promptTokens());
            json.put("tokens", written.tokens().size());
            json.put("stopped", written.reason().name().toLowerCase(Locale.ROOT));
            json.put("seconds", seconds);
            return Outcome.of(json, written.text());
        }
    }
}
