package dev.sidereal.server;

import dev.sidereal.engine.LiveIndex;
import dev.sidereal.server.endpoint.AuditLog;
import dev.sidereal.server.endpoint.BulkEndpoint;
import dev.sidereal.server.endpoint.DescriptionEndpoints;
import dev.sidereal.server.endpoint.DocumentEndpoints;
import dev.sidereal.server.endpoint.EmbeddingsEndpoint;
import dev.sidereal.server.endpoint.EvaluationEndpoints;
import dev.sidereal.server.endpoint.ExplainEndpoint;
import dev.sidereal.server.endpoint.SearchEndpoints;
import dev.sidereal.server.endpoint.StatusEndpoints;
import dev.sidereal.server.frame.Endpoint;
import dev.sidereal.server.frame.Metrics;
import dev.sidereal.server.job.EvaluationSets;
import dev.sidereal.server.job.Jobs;
import java.util.ArrayList;
import java.util.List;

/**
 * All endpoints: the one place to register more.
 *
 * @param workspace as it is shown
 * @param name of the index
 * @param index that is served
 * @param audit of writes
 * @param sets to evaluate on
 * @param jobs that evaluate
 * @param metrics of this server
 */
record Api(
        String workspace,
        String name,
        LiveIndex index,
        AuditLog audit,
        EvaluationSets sets,
        Jobs jobs,
        Metrics metrics) {
    List<Endpoint> endpoints() {
        List<Endpoint> all = new ArrayList<>();
        all.addAll(new SearchEndpoints(index.reading()).endpoints());
        all.add(new ExplainEndpoint(index.reading()).endpoint());
        all.addAll(new DocumentEndpoints(index, audit).endpoints());
        all.add(new BulkEndpoint(index, audit).endpoint());
        all.addAll(new EvaluationEndpoints(index.reading(), sets, jobs).endpoints());
        all.add(new EmbeddingsEndpoint(index.reading().encoder()).endpoint());
        all.addAll(new StatusEndpoints(workspace, name, index, metrics).endpoints());
        return new DescriptionEndpoints(all).all();
    }
}
