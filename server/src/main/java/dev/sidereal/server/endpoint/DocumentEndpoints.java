package dev.sidereal.server.endpoint;

import dev.sidereal.core.Acl;
import dev.sidereal.core.Item;
import dev.sidereal.core.artifact.ContentHash;
import dev.sidereal.core.format.ItemJson;
import dev.sidereal.engine.LiveIndex;
import dev.sidereal.search.IndexSnapshot;
import dev.sidereal.search.Passage;
import dev.sidereal.server.frame.Call;
import dev.sidereal.server.frame.Doc;
import dev.sidereal.server.frame.ETags;
import dev.sidereal.server.frame.Endpoint;
import dev.sidereal.server.frame.Param;
import dev.sidereal.server.frame.Refusal;
import dev.sidereal.server.frame.Reply;
import dev.sidereal.server.frame.Text;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Items, one at a time: read, put, delete. Thread-safe. */
public final class DocumentEndpoints {
    static final String GROUP = "Documents";
    private static final Param ID = Param.path("id", "of the item, percent-encoded as one part of the path");
    private static final Param IF_MATCH =
            Param.header("If-Match", "write only if the item is still the one with this ETag; else 412");

    private final LiveIndex index;
    private final AuditLog audit;

    public DocumentEndpoints(LiveIndex index, AuditLog audit) {
        this.index = index;
        this.audit = audit;
    }

    /** An item as it is kept. */
    public record Document(
            String id,
            String title,
            String text,
            @Doc("in reading order") List<SectionAnswer> sections,
            @Doc("of the item") JsonNode fields,
            AclAnswer acl,
            @Doc("what legs score") List<PassageAnswer> passages) {}

    /** A part of an item. */
    public record SectionAnswer(String id, String heading, String text) {}

    /** Who may read an item. */
    public record AclAnswer(
            @Doc("false: as the catalogue says") boolean stated,
            @Doc("public, user:NAME, group:NAME") List<String> readers) {
        static AclAnswer of(Acl acl) {
            return new AclAnswer(acl.stated(), List.copyOf(acl.readers()));
        }
    }

    /** What a leg scores. */
    public record PassageAnswer(int ordinal, String heading, String text) {
        static PassageAnswer of(Passage passage) {
            return new PassageAnswer(passage.ordinal(), passage.heading(), passage.text());
        }
    }

    /** What a write did. */
    public record Written(
            String id, @Doc("written or unchanged") String status) {}

    /** {@return the endpoints} */
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/documents/{id}")
                        .summary(GROUP, "Read an item")
                        .notes("The ETag is of its content: send it as If-None-Match to get 304 while it is the same.")
                        .with(ID, Param.header("If-None-Match", "an ETag that the caller has the content of"))
                        .gives("the item", Document.class)
                        .answeredBy(this::read),
                Endpoint.put("/api/v1/documents/{id}")
                        .summary(GROUP, "Add an item or replace it")
                        .notes(
                                "When this answers, the item is on the disk and is found. Fields stand in 'fields'; 'acl' is"
                                        + " a list of readers, without it the catalogue decides. The id in the body, if any, must be"
                                        + " that of the path.")
                        .with(ID, IF_MATCH)
                        .takes(Endpoint.Media.json(ItemForm.class))
                        .gives("replaced, or unchanged", Written.class)
                        .gives(201, "added", Endpoint.Media.json(Written.class))
                        .load(Endpoint.Load.WRITE)
                        .answeredBy(this::put),
                Endpoint.delete("/api/v1/documents/{id}")
                        .summary(GROUP, "Remove an item")
                        .with(ID, IF_MATCH)
                        .gives(204, "it is gone", null)
                        .load(Endpoint.Load.WRITE)
                        .answeredBy(this::delete));
    }

    private Reply read(Call call) {
        String id = call.path("id");
        try (IndexSnapshot snapshot =
                index.reading().index().snapshot(call.caller().principal())) {
            Item item = snapshot.item(id).orElseThrow(() -> absent(id));
            JsonNode fields = ItemJson.write(item).path("fields");
            Document document = new Document(
                    item.id(),
                    item.title(),
                    item.text(),
                    item.sections().stream()
                            .map(part -> new SectionAnswer(part.id(), part.heading(), part.text()))
                            .toList(),
                    fields.isMissingNode() ? Fields.none() : fields,
                    AclAnswer.of(item.acl()),
                    snapshot.passages(item).stream().map(PassageAnswer::of).toList());
            return Reply.json(document).with("ETag", etag(item)).with("Cache-Control", "private, no-cache");
        }
    }

    private Reply put(Call call) {
        String id = call.path("id");
        return audit.of(call, "put", id, () -> {
            Item item = ItemForm.item(call.bytes(), id, index.reading());
            LiveIndex.Outcome outcome = index.put(item, call.caller().writesAs(), there -> check(call, there));
            Written written = new Written(id, outcome == LiveIndex.Outcome.UNCHANGED ? "unchanged" : "written");
            return Reply.json(outcome == LiveIndex.Outcome.CREATED ? 201 : 200, written)
                    .with("ETag", etag(item));
        });
    }

    private Reply delete(Call call) {
        String id = call.path("id");
        return audit.of(call, "delete", id, () -> {
            LiveIndex.Outcome outcome =
                    index.delete(id, call.caller().writesAs(), there -> check(call, Optional.of(there)));
            if (outcome == LiveIndex.Outcome.ABSENT) {
                throw absent(id);
            }
            return Reply.empty(204);
        });
    }

    private static void check(Call call, Optional<Item> there) {
        Optional<String> expected = call.header("If-Match");
        if (expected.isPresent()
                && there.filter(item -> ETags.any(expected.get(), etag(item))).isEmpty()) {
            throw Refusal.of(
                    412,
                    "the item is not the one that If-Match names: it was changed or removed meanwhile; read it again");
        }
    }

    /** {@return the tag of an item's content} */
    static String etag(Item item) {
        return '"' + ContentHash.ofText(ItemJson.write(item).toString()).substring(0, 24) + '"';
    }

    static Refusal absent(String id) {
        return Refusal.of(404, "there is no item '" + Text.shown(id) + "' that you may read; search for its id");
    }
}
