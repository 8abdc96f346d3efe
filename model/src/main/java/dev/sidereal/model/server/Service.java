package dev.sidereal.model.server;

/** What a server is asked for: one of the requests that OpenAI's API and those after it know. */
public enum Service {
    /** {@code POST /v1/embeddings}. */
    EMBEDDINGS("embedding server", "vectors", "texts", "/v1/embeddings", "SIDEREAL_EMBEDDING_KEY", "bge-small-en-v1.5"),
    /** {@code POST /v1/chat/completions}. */
    CHAT("chat server", "answer", "messages", "/v1/chat/completions", "SIDEREAL_CHAT_KEY", "qwen3-8b"),
    /** {@code POST /v1/rerank} of Jina, Cohere, vLLM and llama.cpp. */
    RERANK("rerank server", "scores", "texts", "/v1/rerank", "SIDEREAL_RERANK_KEY", "bge-reranker-v2-m3");

    private final String words;
    private final String gives;
    private final String takes;
    private final String path;
    private final String keyVariable;
    private final String exampleModel;

    Service(String words, String gives, String takes, String path, String keyVariable, String exampleModel) {
        this.words = words;
        this.gives = gives;
        this.takes = takes;
        this.path = path;
        this.keyVariable = keyVariable;
        this.exampleModel = exampleModel;
    }

    /** {@return what such a server is called in a sentence} */
    String words() {
        return words;
    }

    /** {@return what it answers with} */
    String gives() {
        return gives;
    }

    /** {@return what it is sent} */
    String takes() {
        return takes;
    }

    /** {@return where requests are posted, below the server's address} */
    String path() {
        return path;
    }

    /** {@return the environment variable that holds the key} */
    public String keyVariable() {
        return keyVariable;
    }

    /** {@return the name of a model that such servers offer} */
    String exampleModel() {
        return exampleModel;
    }
}
