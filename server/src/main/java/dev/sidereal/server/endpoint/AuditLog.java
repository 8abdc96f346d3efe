package dev.sidereal.server.endpoint;

import dev.sidereal.core.error.Unavailable;
import dev.sidereal.server.frame.Call;
import dev.sidereal.server.frame.Json;
import dev.sidereal.server.frame.Refusal;
import dev.sidereal.server.frame.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Who wrote what and how it ended: a line of JSON for each write, appended to {@code audit.jsonl} in the workspace.
 * Says nothing of contents and keys. Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
    /** The file's name. */
    public static final String NAME = "audit.jsonl";

    private final Path file;
    private final OutputStream out;

    /**
     * Opens the log.
     *
     * @throws Unavailable if it cannot be written
     */
    public AuditLog(Path workspace) {
        this.file = workspace.resolve(NAME);
        try {
            this.out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** {@return what a write answers, after it was noted} */
    Reply of(Call call, String operation, String id, Supplier<Reply.Whole> write) {
        try {
            Reply.Whole reply = write.get();
            note(call, operation, id, Integer.toString(reply.status()));
            return reply;
        } catch (RuntimeException e) {
            note(
                    call,
                    operation,
                    id,
                    e instanceof Refusal refusal
                            ? "" + refusal.status()
                            : e.getClass().getSimpleName());
            throw e;
        }
    }

    /** Adds a line. */
    void note(Call call, String operation, String id, String outcome) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("time", Instant.now().toString());
        entry.put("request_id", call.requestId());
        entry.put("caller", call.caller().name());
        entry.put("principal", call.caller().writesAs().toString());
        entry.put("operation", operation);
        entry.put("id", id);
        entry.put("outcome", outcome);
        byte[] json = Json.write(entry);
        byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        synchronized (this) {
            try {
                out.write(line);
            } catch (IOException e) {
                throw unwritable(e);
            }
        }
    }

    private Unavailable unwritable(IOException e) {
        return new Unavailable(
                "cannot write the audit log " + file + ": " + e.getMessage() + "; make room or give"
                        + " this user the right to write there",
                e);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }
}
