package dev.sidereal.model.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.Decoders;
import dev.sidereal.model.TextTokenizer;
import dev.sidereal.model.decode.Decoder;
import dev.sidereal.model.decode.GenerationSettings;
import dev.sidereal.model.server.Endpoint;
import dev.sidereal.model.server.Service;
import dev.sidereal.model.tensor.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A chat model by the way a user writes it: a folder or a server's address.
 *
 * @param name how it was written, without a key
 * @param model closed with this
 * @param closing frees what the model holds
 */
public record NamedChatModel(String name, ChatModel model, Runnable closing) implements AutoCloseable {
    /**
     * Opens a chat model that gives its best answer, without thoughts before it where a template can leave them out; on
     * the CPU if it is a folder. The caller closes it.
     *
     * @param spec a folder of Hugging Face with {@code config.json} of a Llama 3 or Qwen3, {@code tokenizer.json}, a chat
     *     template and safetensors; or {@code http(s)://host[:port][/path]#model} of a server that speaks OpenAI's chat
     *     API, with the key, if it wants one, in the environment variable {@code SIDEREAL_CHAT_KEY}
     * @throws BadConfig if the spec is neither
     * @throws dev.sidereal.core.error.BadInput if a model's file is missing or wrong
     */
    public static NamedChatModel open(String spec) {
        if (Endpoint.isAddress(spec)) {
            ServerChatModel server = new ServerChatModel(Endpoint.of(spec, Service.CHAT, System.getenv()));
            return new NamedChatModel(spec, server, server::close);
        }
        Path folder = Path.of(spec);
        if (!Files.isDirectory(folder)) {
            throw new BadConfig("There is no chat model \"" + spec
                    + "\"; expected a model's folder, or http(s)://host#model of a chat server.");
        }
        ChatTemplate template = ChatTemplate.open(folder);
        ChatSettings own = ChatSettings.read(folder);
        ChatSettings settings = own.withGeneration(
                        GenerationSettings.greedy(own.generation().maxTokens()))
                .withVariables(Map.of("enable_thinking", false));
        Decoder decoder = Decoders.open(folder, Device.CPU);
        try {
            LocalChatModel local = LocalChatModel.of(
                    decoder, TextTokenizer.open(folder.resolve("tokenizer.json")), template, settings);
            return new NamedChatModel(spec, local, local::close);
        } catch (RuntimeException e) {
            decoder.close();
            throw e;
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
