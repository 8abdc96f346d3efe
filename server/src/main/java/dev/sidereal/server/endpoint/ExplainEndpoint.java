package dev.sidereal.server.endpoint;

import dev.sidereal.core.Deadline;
import dev.sidereal.core.Hit;
import dev.sidereal.core.Principal;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.engine.OpenIndex;
import dev.sidereal.engine.SearchSystem;
import dev.sidereal.search.Explanation;
import dev.sidereal.search.IndexSnapshot;
import dev.sidereal.server.frame.Call;
import dev.sidereal.server.frame.Doc;
import dev.sidereal.server.frame.Endpoint;
import dev.sidereal.server.frame.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why an item has the score it has. Thread-safe. */
public final class ExplainEndpoint {
    private final OpenIndex open;

    public ExplainEndpoint(OpenIndex open) {
        this.open = open;
    }

    /** What is to be explained. */
    public record ExplainBody(
            @Doc("what was asked") String query,
            @Doc("of the item") String id,
            @Doc("which items were considered") @Nullable String filter,
            @Doc("bm25, dense or hybrid") @Nullable String system,

            @Doc("milliseconds after which 422 is answered") @Nullable
            Integer timeoutMs) {}

    /** Why. */
    public record ExplainAnswer(
            String id,

            @Doc("of the item in the result; 0 if it is not among the first 1000")
            double score,

            List<LegReason> legs) {}

    /** One leg's say. */
    public record LegReason(
            String leg,

            @Doc("in the leg's own list, from 1; 0 if it did not find the item by itself")
            int rank,

            double score,
            @Doc("what that added to the result's score") double contribution,
            @Doc("that the leg likes best") DocumentEndpoints.PassageAnswer passage,
            @Doc("of the score, greatest first") List<Part> parts) {}

    /** A term or a similarity with its share. */
    public record Part(String what, double score) {}

    /** {@return the endpoint} */
    public Endpoint endpoint() {
        return Endpoint.post("/api/v1/explain")
                .summary("Search", "Explain a result")
                .takes(Endpoint.Media.json(ExplainBody.class))
                .gives("each leg's reasons", ExplainAnswer.class)
                .load(Endpoint.Load.SEARCH)
                .answeredBy(call -> explain(call, call.body(ExplainBody.class)));
    }

    private Reply explain(Call call, ExplainBody body) {
        Asked asked = new Asked(open, call);
        String query = asked.query(body.query());
        Filter filter = asked.filter(body.filter());
        SearchSystem system = asked.system(body.system());
        Principal principal = call.caller().principal();
        Deadline deadline = call.deadline(body.timeoutMs());
        try (IndexSnapshot snapshot = open.index().snapshot(principal, deadline)) {
            if (snapshot.item(body.id()).isEmpty()) {
                throw DocumentEndpoints.absent(body.id());
            }
            Hit hit = find(
                    snapshot, query, filter, system, body.id(), call.limits().window());
            Explanation why = snapshot.explain(query, filter, system.blend(snapshot), List.of(hit))
                    .getFirst();
            return Reply.json(new ExplainAnswer(
                    hit.id(),
                    hit.score(),
                    why.legs().stream().map(ExplainEndpoint::reason).toList()));
        }
    }

    /** First among as many as a first page looks at, where most that are asked about are. */
    private static Hit find(
            IndexSnapshot snapshot, String query, Filter filter, SearchSystem system, String id, int window) {
        for (int k : new int[] {system.blend(snapshot).depth(), window}) {
            for (Hit hit : snapshot.search(query, k, filter, system.blend(snapshot))) {
                if (hit.id().equals(id)) {
                    return hit;
                }
            }
        }
        return new Hit(id, 0, 0, List.of());
    }

    private static LegReason reason(Explanation.Leg leg) {
        return new LegReason(
                leg.leg(),
                leg.rank(),
                leg.score(),
                leg.contribution(),
                DocumentEndpoints.PassageAnswer.of(leg.passage()),
                leg.parts().stream()
                        .map(part -> new Part(part.what(), part.score()))
                        .toList());
    }
}
