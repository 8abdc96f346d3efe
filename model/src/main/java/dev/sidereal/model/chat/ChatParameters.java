package dev.sidereal.model.chat;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.decode.GenerationSettings;
import dev.sidereal.model.decode.Sampling;

/** Reads what a request of LangChain4j asks for. */
final class ChatParameters {
    private ChatParameters() {}

    /** @throws BadConfig for what a local model cannot do, so that nothing asked for is ignored */
    static void check(ChatRequestParameters parameters, String name) {
        if (parameters.modelName() != null && !parameters.modelName().equals(name)) {
            throw new BadConfig("The request asks for the model \"" + parameters.modelName() + "\", this one is \""
                    + name + "\"; leave the name out.");
        }
        if (parameters.toolSpecifications() != null
                && !parameters.toolSpecifications().isEmpty()) {
            throw new BadConfig("The chat model " + name + " calls no tools; leave toolSpecifications out.");
        }
        if (parameters.responseFormat() != null && parameters.responseFormat().type() == ResponseFormatType.JSON) {
            throw new BadConfig("The chat model " + name + " cannot be held to JSON; leave responseFormat out.");
        }
        if (given(parameters.frequencyPenalty()) || given(parameters.presencePenalty())) {
            throw new BadConfig("The chat model " + name
                    + " knows no frequency or presence penalty; set the repetition " + "penalty of its ChatSettings.");
        }
    }

    private static boolean given(@org.jspecify.annotations.Nullable Double penalty) {
        return penalty != null && penalty != 0;
    }

    /** {@return the settings of a request, defaults where it is silent} */
    static GenerationSettings generation(ChatRequestParameters parameters, GenerationSettings defaults) {
        Sampling sampling = defaults.sampling();
        if (parameters.temperature() != null) {
            sampling = sampling.withTemperature(parameters.temperature());
        }
        if (parameters.topP() != null) {
            sampling = sampling.withTopP(parameters.topP());
        }
        if (parameters.topK() != null) {
            sampling = sampling.withTopK(parameters.topK());
        }
        return new GenerationSettings(
                parameters.maxOutputTokens() == null ? defaults.maxTokens() : parameters.maxOutputTokens(),
                parameters.stopSequences() == null || parameters.stopSequences().isEmpty()
                        ? defaults.stops()
                        : parameters.stopSequences(),
                sampling);
    }
}
