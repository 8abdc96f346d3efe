package dev.sidereal.server.endpoint;

import dev.sidereal.core.Item;
import dev.sidereal.core.error.SiderealException;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.engine.LiveIndex;
import dev.sidereal.server.frame.Call;
import dev.sidereal.server.frame.Doc;
import dev.sidereal.server.frame.Endpoint;
import dev.sidereal.server.frame.Json;
import dev.sidereal.server.frame.Lines;
import dev.sidereal.server.frame.Refusal;
import dev.sidereal.server.frame.Reply;
import dev.sidereal.server.frame.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Many writes in one request, a line each; a line that cannot be used does not stop the others. Thread-safe. */
public final class BulkEndpoint {
    private static final int BATCH = 256;

    private final LiveIndex index;
    private final AuditLog audit;

    public BulkEndpoint(LiveIndex index, AuditLog audit) {
        this.index = index;
        this.audit = audit;
    }

    /** One line. */
    public record Line(
            @Doc("put or delete") String op,
            @Doc("for put") @Nullable ItemForm item,
            @Doc("for delete") @Nullable String id) {}

    /** What came of all lines. */
    public record BulkAnswer(
            int lines,
            int written,
            int unchanged,
            int deleted,
            int failed,
            @Doc("in order") List<LineAnswer> results) {}

    /** What came of one line. */
    public record LineAnswer(
            @Doc("from 1") int line,
            @Doc("null if the line does not say") @Nullable String id,

            @Doc("written, unchanged, deleted, absent or failed")
            String status,

            @Doc("what is wrong with the line") @Nullable String error) {}

    /** {@return the endpoint} */
    public Endpoint endpoint() {
        return Endpoint.post("/api/v1/documents")
                .summary(DocumentEndpoints.GROUP, "Add, replace and remove many items")
                .notes(
                        "A JSON object a line. Every line has its own result; when this answers, all that succeeded is on"
                                + " the disk and is found.")
                .needs(dev.sidereal.server.access.Role.WRITER)
                .takes(Endpoint.Media.lines(Line.class))
                .gives("a result a line", BulkAnswer.class)
                .load(Endpoint.Load.WRITE)
                .answeredBy(call -> new Work(call).run());
    }

    /** One request. Used by one thread. */
    private final class Work {
        private final Call call;
        private final LiveIndex.Bulk bulk;
        private final List<LineAnswer> results = new ArrayList<>();
        /** Line to item, of different ids. */
        private final Map<Integer, Item> waiting = new LinkedHashMap<>();

        Work(Call call) {
            this.call = call;
            this.bulk = index.bulk(call.caller().writesAs());
        }

        Reply run() {
            Lines lines = call.lines();
            try {
                for (byte[] line = lines.next(); line != null; line = lines.next()) {
                    if (line.length > 0) {
                        take(line, lines.number());
                    }
                }
            } finally {
                flush();
                bulk.commit();
            }
            results.sort(Comparator.comparingInt(LineAnswer::line));
            return Reply.json(new BulkAnswer(
                    results.size(), count("written"), count("unchanged"), count("deleted"), count("failed"), results));
        }

        private int count(String status) {
            return (int) results.stream().filter(r -> r.status().equals(status)).count();
        }

        private void take(byte[] line, int number) {
            String where = "line " + number;
            String id = null;
            try {
                ObjectNode node = ItemForm.object(Json.tree(line, where), where);
                String op = node.path("op").asString("");
                if (op.equals("put")) {
                    ObjectNode form = ItemForm.object(node.path("item"), where + ": 'item'");
                    id = form.path("id").asString("");
                    put(ItemForm.item(form, where, index.reading()), number);
                } else if (op.equals("delete")) {
                    id = node.path("id").asString("");
                    flush();
                    boolean gone = bulk.delete(id) == LiveIndex.Outcome.DELETED;
                    add(number, id, gone ? "deleted" : "absent", null);
                } else {
                    throw Refusal.of(422, where + ": 'op' must be put or delete, got '" + Text.shown(op) + "'");
                }
            } catch (Refusal | SiderealException e) {
                fail(number, id, e);
            }
        }

        private void put(Item item, int number) {
            boolean again =
                    waiting.values().stream().anyMatch(other -> other.id().equals(item.id()));
            if (again || waiting.size() == BATCH) {
                flush();
            }
            waiting.put(number, item);
        }

        private void flush() {
            if (waiting.isEmpty()) {
                return;
            }
            Map<Integer, Item> batch = new LinkedHashMap<>(waiting);
            waiting.clear();
            try {
                write(batch);
            } catch (SiderealException e) {
                // One of them is refused, and nothing was written: each by itself, so that the others are.
                batch.forEach((number, item) -> {
                    try {
                        write(Map.of(number, item));
                    } catch (SiderealException refused) {
                        fail(number, item.id(), refused);
                    }
                });
            }
        }

        private void write(Map<Integer, Item> batch) {
            List<LiveIndex.Outcome> outcomes = bulk.put(List.copyOf(batch.values()));
            int at = 0;
            for (Map.Entry<Integer, Item> entry : batch.entrySet()) {
                boolean same = outcomes.get(at++) == LiveIndex.Outcome.UNCHANGED;
                add(entry.getKey(), entry.getValue().id(), same ? "unchanged" : "written", null);
            }
        }

        private void fail(int number, @Nullable String id, RuntimeException e) {
            if (e instanceof Unavailable unavailable) {
                throw unavailable;
            }
            String message = String.valueOf(e.getMessage());
            String prefix = "line " + number;
            add(number, id, "failed", message.startsWith(prefix) ? message : prefix + ": " + message);
        }

        private void add(int number, @Nullable String id, String status, @Nullable String error) {
            results.add(new LineAnswer(number, id, status, error));
            audit.note(
                    call,
                    status.equals("deleted") || status.equals("absent") ? "delete" : "put",
                    id == null ? "" : id,
                    status);
        }
    }
}
