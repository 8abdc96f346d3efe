package dev.sidereal.server.endpoint;

import dev.sidereal.core.Item;
import dev.sidereal.core.Principal;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.ItemJson;
import dev.sidereal.core.format.JsonRow;
import dev.sidereal.engine.OpenIndex;
import dev.sidereal.search.IndexSnapshot;
import dev.sidereal.server.frame.Doc;
import dev.sidereal.server.frame.Json;
import dev.sidereal.server.frame.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An item as it is sent; keys besides these are fields too. */
public record ItemForm(
        @Doc("of the item; may be left out where the path says it") @Nullable
        String id,

        @Nullable String title,
        @Nullable String text,

        @Doc("parts with headings, in reading order") @Nullable
        List<SectionForm> sections,

        @Doc("field to text, number, truth, ISO date or list of texts") @Nullable
        JsonNode fields,

        @Doc("readers: public, user:NAME, group:NAME; nobody if empty, as the catalogue says if left out") @Nullable
        List<String> acl) {
    private static final int MAX_ID_BYTES = 512;

    /** A part of an item. */
    public record SectionForm(
            @Nullable String id,
            @Nullable String heading,
            @Nullable String text) {}

    /** {@return the item of a body} */
    static Item item(byte[] body, String id, OpenIndex open) {
        ObjectNode node = object(Json.tree(body, "the body"), "the body");
        String given = node.path("id").asString(id);
        if (!given.equals(id)) {
            throw Refusal.of(422, "the body's id '" + given + "' is not the path's '" + id + "'; leave one out");
        }
        return item(node.put("id", id), "the body", open);
    }

    /**
     * {@return the item of an object}
     *
     * @throws BadInput if it is none
     */
    static Item item(ObjectNode node, String where, OpenIndex open) {
        try (IndexSnapshot snapshot = open.index().snapshot(Principal.anyone())) {
            Item item = new ItemJson(snapshot.schema().fields()).read(new JsonRow(node, where));
            int bytes = item.id().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
            if (bytes > MAX_ID_BYTES) {
                throw new BadInput(
                        where + ": the id has " + bytes + " bytes, the limit is " + MAX_ID_BYTES + "; shorten it");
            }
            return item;
        } catch (IllegalArgumentException e) {
            throw new BadInput(where + ": " + e.getMessage(), e);
        }
    }

    static ObjectNode object(JsonNode node, String where) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.of(
                422,
                where + " must be a JSON object, got "
                        + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
    }
}
