package dev.sidereal.model.server;

import dev.sidereal.core.Reranker;
import dev.sidereal.core.error.BadInput;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A reranker behind {@code POST /v1/rerank}; scores are the server's {@code relevance_score}. Thread-safe. */
public final class ServerReranker implements Reranker {
    private final Endpoint server;
    private final Transport transport;

    /** Makes a client; nothing is sent yet. */
    public ServerReranker(Endpoint server) {
        this.server = server;
        this.transport = new Transport(server);
    }

    @Override
    public String name() {
        return server.name();
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.sidereal.core.error.Unavailable if the server does not answer
     * @throws dev.sidereal.core.error.BadConfig if it refuses key, address or model
     * @throws BadInput if it answers something else than a score a text
     */
    @Override
    public double[] score(String query, List<String> texts) {
        if (texts.isEmpty()) {
            return new double[0];
        }
        String json = JsonMapper.shared()
                .writeValueAsString(
                        Map.of("model", server.model(), "query", query, "documents", texts, "return_documents", false));
        return scores(transport.post(json), texts.size());
    }

    private double[] scores(String body, int texts) {
        JsonNode results;
        try {
            results = JsonMapper.shared().readTree(body).path("results");
        } catch (JacksonException e) {
            throw bad("is not JSON: " + e.getOriginalMessage());
        }
        if (!results.isArray() || results.size() != texts) {
            throw bad(
                    "has " + (results.isArray() ? results.size() : "no") + " scores in \"results\", expected " + texts);
        }
        double[] scores = new double[texts];
        Arrays.fill(scores, Double.NaN);
        for (JsonNode result : results) {
            int index = result.path("index").asInt(-1);
            if (index < 0 || index >= texts || !Double.isNaN(scores[index])) {
                throw bad("has the \"index\" " + result.path("index") + " out of range or twice");
            }
            JsonNode score = result.path("relevance_score");
            if (!score.isNumber() || !Double.isFinite(score.doubleValue())) {
                throw bad("has no finite number as \"relevance_score\" of text " + index);
            }
            scores[index] = score.doubleValue();
        }
        return scores;
    }

    private BadInput bad(String what) {
        return new BadInput("The reply of the " + server + " " + what
                + "; is it a server of the rerank API, and the model one that scores pairs?");
    }

    @Override
    public void close() {
        transport.close();
    }
}
