package dev.sidereal.server.frame;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends replies with the headers that every response carries, compressed where the reader can take it. Stateless. */
final class Sender {
    static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

    private static final int WORTH_GZIP = 1024;
    private static final String POLICY =
            "default-src 'self'; script-src 'self'%s; style-src 'self'; img-src 'self' data:;"
                    + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()");

    private Sender() {}

    /** Sets what every response carries. */
    static void begin(ServerResponse response, String requestId) {
        response.header(REQUEST_ID, requestId);
        ALWAYS.forEach(response::header);
        response.header("Content-Security-Policy", POLICY.formatted(""));
    }

    /** Sends a body as a whole. */
    static void send(ServerRequest request, ServerResponse response, Reply.Whole reply) {
        response.status(Status.create(reply.status()));
        reply.headers().forEach(response::header);
        if (!reply.headers().containsKey("Cache-Control")) {
            response.header("Cache-Control", "no-store");
        }
        if (reply.status() == 204 || reply.status() == 304) {
            response.send();
            return;
        }
        byte[] body = reply.body();
        if (!reply.type().isEmpty()) {
            response.header("Content-Type", reply.type());
            response.headers().add(HeaderNames.VARY, "Accept-Encoding");
            if (body.length >= WORTH_GZIP && takesGzip(request)) {
                body = StaticFiles.gzip(body);
                response.header("Content-Encoding", "gzip");
            }
        }
        finish(request, response, body);
    }

    /** Sends a file of the page. */
    static void send(ServerRequest request, ServerResponse response, StaticFiles.File file) {
        response.header("ETag", file.etag());
        response.header("Cache-Control", file.keep() ? "public, max-age=31536000, immutable" : "no-cache");
        response.headers().add(HeaderNames.VARY, "Accept-Encoding");
        if (!file.scripts().isEmpty()) {
            response.header("Content-Security-Policy", POLICY.formatted(file.scripts()));
        }
        if (matches(request, file.etag())) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        response.header("Content-Type", file.type());
        boolean gzip = file.gzipped().length < file.bytes().length && takesGzip(request);
        if (gzip) {
            response.header("Content-Encoding", "gzip");
        }
        finish(request, response, gzip ? file.gzipped() : file.bytes());
    }

    /** Sends events as they come. */
    static void send(ServerResponse response, Reply.Events events) {
        response.header("Content-Type", "text/event-stream");
        response.header("Cache-Control", "no-store");
        try (OutputStream out = response.outputStream()) {
            events.source().sendTo((event, data) -> write(out, event, data));
        } catch (IOException | UncheckedIOException e) {
            // The reader has gone; there is nobody to tell.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean write(OutputStream out, String event, @Nullable Object data) {
        String text = data == null
                ? ":\n\n"
                : "event: " + event + "\ndata: " + new String(Json.write(data), StandardCharsets.UTF_8) + "\n\n";
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return true;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** {@return whether the reader has what the tag names} */
    static boolean matches(ServerRequest request, String etag) {
        String known = request.headers().first(HeaderNames.IF_NONE_MATCH).orElse("");
        return ETags.any(known, etag);
    }

    private static void finish(ServerRequest request, ServerResponse response, byte[] body) {
        if (request.prologue().method().text().equals("HEAD")) {
            response.header("Content-Length", Integer.toString(body.length));
            response.send();
        } else {
            response.send(body);
        }
    }

    private static boolean takesGzip(ServerRequest request) {
        for (String coding :
                request.headers().first(HeaderNames.ACCEPT_ENCODING).orElse("").split(",")) {
            String[] parts = coding.strip().split(";", 2);
            if (parts[0].strip().equalsIgnoreCase("gzip")) {
                return parts.length == 1 || !parts[1].replace(" ", "").matches("q=0(\\.0*)?");
            }
        }
        return false;
    }
}
