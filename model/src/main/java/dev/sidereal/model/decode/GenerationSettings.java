package dev.sidereal.model.decode;

import dev.sidereal.core.error.BadConfig;
import java.util.List;

/**
 * How a text is generated.
 *
 * @param maxTokens most tokens of the text, prompt excluded
 * @param stops texts that end it; none of them, nor a part of one, is given out
 * @param sampling how tokens are drawn
 */
public record GenerationSettings(int maxTokens, List<String> stops, Sampling sampling) {
    /** @throws BadConfig if there is no room for a token or a stop sequence is empty */
    public GenerationSettings {
        stops = List.copyOf(stops);
        if (maxTokens < 1) {
            throw new BadConfig("A text needs room for at least 1 token, got " + maxTokens + ".");
        }
        if (stops.contains("")) {
            throw new BadConfig("A stop sequence must not be empty.");
        }
    }

    /** {@return the best token each time, without stop sequences} */
    public static GenerationSettings greedy(int maxTokens) {
        return new GenerationSettings(maxTokens, List.of(), Sampling.GREEDY);
    }

    /** {@return the same with other stop sequences} */
    public GenerationSettings withStops(String... values) {
        return new GenerationSettings(maxTokens, List.of(values), sampling);
    }

    /** {@return the same with another way to draw tokens} */
    public GenerationSettings withSampling(Sampling value) {
        return new GenerationSettings(maxTokens, stops, value);
    }
}
