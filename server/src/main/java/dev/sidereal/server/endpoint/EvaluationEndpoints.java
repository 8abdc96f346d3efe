package dev.sidereal.server.endpoint;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.engine.OpenEncoder;
import dev.sidereal.engine.OpenIndex;
import dev.sidereal.engine.SearchSystem;
import dev.sidereal.model.Encoders;
import dev.sidereal.server.access.Role;
import dev.sidereal.server.frame.Call;
import dev.sidereal.server.frame.Doc;
import dev.sidereal.server.frame.Endpoint;
import dev.sidereal.server.frame.Param;
import dev.sidereal.server.frame.Refusal;
import dev.sidereal.server.frame.Reply;
import dev.sidereal.server.frame.Text;
import dev.sidereal.server.job.EvaluationSets;
import dev.sidereal.server.job.Job;
import dev.sidereal.server.job.Jobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Evaluations in the background. Thread-safe. */
public final class EvaluationEndpoints {
    private static final String GROUP = "Evaluations";
    private static final String PATH = "/api/v1/evaluations";
    private static final Param ID = Param.path("id", "of the evaluation");
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

    private final OpenIndex open;
    private final EvaluationSets sets;
    private final Jobs jobs;

    public EvaluationEndpoints(OpenIndex open, EvaluationSets sets, Jobs jobs) {
        this.open = open;
        this.sets = sets;
        this.jobs = jobs;
    }

    /** Where a new evaluation is found. */
    public record Accepted(
            String id, @Doc("path of the evaluation") String location) {}

    /** Evaluations without their results. */
    public record Listed(@Doc("the latest first") List<Job> evaluations) {}

    /** What can be evaluated on. */
    public record Sets(List<SetAnswer> sets) {}

    /** One evaluation set. */
    public record SetAnswer(String name, List<String> splits) {}

    /** {@return the endpoints} */
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post(PATH)
                        .summary(GROUP, "Evaluate systems")
                        .notes("One evaluation runs at a time, the others wait. Each builds indexes of its own.")
                        .needs(Role.ADMIN)
                        .takes(Endpoint.Media.json(Job.Task.class))
                        .gives(202, "queued", Endpoint.Media.json(Accepted.class))
                        .answeredBy(call -> submit(call.body(Job.Task.class))),
                Endpoint.get(PATH)
                        .summary(GROUP, "List evaluations")
                        .gives("all, without their results", Listed.class)
                        .answeredBy(call -> Reply.json(new Listed(jobs.list()))),
                Endpoint.get(PATH + "/sets")
                        .summary(GROUP, "List evaluation sets")
                        .notes("Folders of data in the workspace's data/ and the shipped samples.")
                        .gives("names and splits", Sets.class)
                        .answeredBy(call -> Reply.json(new Sets(sets.all().stream()
                                .map(set -> new SetAnswer(set.name(), List.copyOf(set.splits())))
                                .toList()))),
                Endpoint.get(PATH + "/{id}")
                        .summary(GROUP, "Read an evaluation")
                        .with(ID)
                        .gives("state, progress, and the result once it is done", Job.class)
                        .answeredBy(call -> Reply.json(job(call))),
                Endpoint.get(PATH + "/{id}/events")
                        .summary(GROUP, "Follow an evaluation")
                        .notes(
                                "Server-sent events: progress while it goes on, then one of done, failed, cancelled; the data"
                                        + " is the evaluation without its result.")
                        .with(ID)
                        .gives(200, "events until it has ended", Endpoint.Media.text("text/event-stream"))
                        .answeredBy(this::follow),
                Endpoint.delete(PATH + "/{id}")
                        .summary(GROUP, "Cancel an evaluation")
                        .notes("It stops at its next step. One that has ended stays as it is.")
                        .needs(Role.ADMIN)
                        .with(ID)
                        .gives(202, "it will stop", Endpoint.Media.json(Job.class))
                        .answeredBy(call -> {
                            Job job = job(call);
                            jobs.cancel(job.id());
                            return Reply.json(202, job(call).brief());
                        }));
    }

    private Reply submit(Job.Task asked) {
        Job.Task task = checked(asked);
        Job job = jobs.submit(task);
        String location = PATH + "/" + job.id();
        return Reply.json(202, new Accepted(job.id(), location)).with("Location", location);
    }

    /** What is wrong with a task is said at once, not when its turn comes. */
    private Job.Task checked(Job.Task asked) {
        String split = asked.split() == null ? "test" : asked.split();
        sets.folder(asked.data(), split);
        List<String> systems = asked.systems() == null
                ? List.copyOf(defaults())
                : asked.systems().stream().distinct().toList();
        if (systems.isEmpty()) {
            throw new BadConfig("'systems' is empty; name some of bm25, dense, hybrid");
        }
        systems.forEach(SearchSystem::named);
        return new Job.Task(asked.data(), split, systems, encoder(asked));
    }

    private List<String> defaults() {
        List<String> all = new ArrayList<>();
        for (SearchSystem system : SearchSystem.values()) {
            if (open.index().legs().containsAll(system.legs())) {
                all.add(system.label());
            }
        }
        return all;
    }

    private String encoder(Job.Task asked) {
        OpenEncoder own = open.encoder();
        TreeSet<String> known = new TreeSet<>(Encoders.names());
        String usual = own == null ? known.first() : own.card().name();
        known.add(usual);
        String name = asked.encoder() == null ? usual : asked.encoder();
        if (!known.contains(name)) {
            throw Refusal.of(
                    422, "there is no encoder '" + Text.shown(name) + "' here; there are " + String.join(", ", known));
        }
        return name;
    }

    private Job job(Call call) {
        String id = call.path("id");
        return jobs.job(id)
                .orElseThrow(() -> Refusal.of(
                        404, "there is no evaluation '" + Text.shown(id) + "'; GET " + PATH + " lists them"));
    }

    private Reply follow(Call call) {
        String id = job(call).id();
        return new Reply.Events(sink -> {
            String before = "";
            for (boolean there = true; there && !jobs.closed(); ) {
                long seen = jobs.changes();
                Job job = jobs.job(id).orElseThrow();
                String now = job.state() + job.progress();
                String event = job.ended() ? job.state() : "progress";
                there = now.equals(before) ? sink.send("", null) : sink.send(event, job.brief());
                if (job.ended()) {
                    return;
                }
                before = now;
                jobs.awaitChange(seen, SIGN_OF_LIFE);
                // So many steps a second are enough to watch.
                Thread.sleep(Duration.ofMillis(100));
            }
        });
    }
}
