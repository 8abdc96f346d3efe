package dev.sidereal.server.endpoint;

import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.Principal;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.engine.LiveIndex;
import dev.sidereal.engine.OpenEncoder;
import dev.sidereal.search.IndexSettings;
import dev.sidereal.search.IndexSnapshot;
import dev.sidereal.server.access.Role;
import dev.sidereal.server.frame.Call;
import dev.sidereal.server.frame.Doc;
import dev.sidereal.server.frame.Endpoint;
import dev.sidereal.server.frame.Metrics;
import dev.sidereal.server.frame.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the server and its index are. Thread-safe. */
public final class StatusEndpoints {
    private static final String GROUP = "Status";

    private final String workspace;
    private final String name;
    private final LiveIndex index;
    private final Metrics metrics;

    /**
     * @param workspace as it is shown
     * @param name of the index
     */
    public StatusEndpoints(String workspace, String name, LiveIndex index, Metrics metrics) {
        this.workspace = workspace;
        this.name = name;
        this.index = index;
        this.metrics = metrics;
        metrics.gauge("sidereal_index_items", "Items in the index.", () -> {
            try (IndexSnapshot all = index.reading().index().snapshot(Principal.system())) {
                return all.count("", Filter.all());
            }
        });
        metrics.counter("sidereal_commits_total", "Commits of the index.", index::commits);
    }

    /** That it lives. */
    public record Health(@Doc("always ok") String status) {}

    /** The whole. */
    public record Status(
            String version,
            String workspace,
            IndexStatus index,
            Who principal,
            @Doc("by this caller") boolean writable) {}

    /** The index. */
    public record IndexStatus(
            String name,
            @Doc("that the caller may read") long items,
            @Doc("that the caller may read") long passages,
            @Doc("on the disk") long bytes,
            List<String> legs,
            @Doc("language tag of the texts") String language,

            @Doc("open or closed: who may read an item that does not say")
            String acl,

            @Doc("field to type") Map<String, String> fields,
            @Doc("null without a dense leg") @Nullable EncoderStatus encoder,
            @Doc("how legs are joined") String fusion) {}

    /** The encoder. */
    public record EncoderStatus(String name, int dims, int maxTokens) {}

    /** The caller. */
    public record Who(
            String name,
            String role,
            @Doc("whether X-Sidereal-As is taken") boolean maySwitch) {}

    /** {@return the endpoints} */
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/status")
                        .summary(GROUP, "What is served, and to whom")
                        .gives("index, model and caller", Status.class)
                        .answeredBy(this::status),
                Endpoint.get("/api/v1/health")
                        .summary(GROUP, "Whether the process lives")
                        .needs(Role.NOBODY)
                        .gives("it does", Health.class)
                        .answeredBy(call -> Reply.json(new Health("ok"))),
                Endpoint.get("/api/v1/ready")
                        .summary(GROUP, "Whether searches are answered")
                        .needs(Role.NOBODY)
                        .gives("they are", Health.class)
                        .answeredBy(this::ready),
                Endpoint.get("/api/v1/metrics")
                        .summary(GROUP, "Figures for Prometheus")
                        .gives(200, "text format 0.0.4", Endpoint.Media.text("text/plain"))
                        .answeredBy(call -> Reply.text(Metrics.TYPE, metrics.text())));
    }

    private Reply ready(Call call) {
        try (IndexSnapshot _ = index.reading().index().snapshot(Principal.anyone(), call.deadline(null))) {
            return Reply.json(new Health("ok"));
        }
    }

    private Reply status(Call call) {
        IndexSettings settings = index.reading().index().settings();
        OpenEncoder encoder = index.reading().encoder();
        Map<String, String> fields = new TreeMap<>();
        try (IndexSnapshot snapshot =
                index.reading().index().snapshot(call.caller().principal())) {
            snapshot.schema().fields().forEach((field, type) -> fields.put(field, type.label()));
            IndexStatus status = new IndexStatus(
                    name,
                    snapshot.count("", Filter.all()),
                    snapshot.passages(),
                    index.bytes(),
                    index.reading().index().legs(),
                    settings.language(),
                    settings.aclMode().label(),
                    fields,
                    encoder == null ? null : encoder(encoder.card()),
                    index.reading().bestSystem().blend().fusion().name());
            Who who = new Who(
                    call.caller().principal().toString(),
                    call.caller().role().label(),
                    call.caller().role() == Role.ADMIN);
            return Reply.json(new Status(
                    version(), workspace, status, who, call.caller().role().covers(Role.WRITER)));
        }
    }

    private static EncoderStatus encoder(EncoderCard card) {
        return new EncoderStatus(card.name(), card.dims(), card.maxTokens());
    }

    static String version() {
        String version = StatusEndpoints.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
