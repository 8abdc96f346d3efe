package dev.sidereal.cli;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.engine.embeddings.BitextTask;
import dev.sidereal.engine.embeddings.ClusterTask;
import dev.sidereal.engine.embeddings.EmbeddingStudy;
import dev.sidereal.engine.embeddings.EmbeddingTask;
import dev.sidereal.engine.embeddings.RetrievalTask;
import dev.sidereal.engine.embeddings.StsTask;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code evaluate embeddings}: encoders x tasks x dimensions. */
@Command(
        name = "embeddings",
        description = {
            "Measure encoders on likeness, retrieval, translation and clusters, also by their first dimensions alone.",
            "",
            "sts: Spearman's correlation of cosines with scores, times 100. retrieval: exact search, documents whole."
                    + " bitext: how often the translation is the nearest. clusters: k-means against classes, v-measure."
                    + " 'kept' is the share of what all dimensions give.",
            "",
            "Examples:",
            "  ./sidereal evaluate embeddings --encoder bge-small,minilm --sts en.test.tsv.gz --retrieval scifact",
            "  ./sidereal evaluate embeddings --encoder models/mine/model --retrieval my-data --dims 256,128,64 --picture"
                    + " curve.svg"
        })
final class EvaluateEmbeddingsVerb implements Verb {
    @Option(
            names = "--encoder",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "bge-small",
            description = "Names, folders or addresses. Default bge-small.")
    List<String> encoders = List.of();

    @Option(
            names = "--sts",
            paramLabel = "FILE",
            description = "A table with the columns sentence1, sentence2 and score. May be given again.")
    List<Path> sts = List.of();

    @Option(names = "--retrieval", paramLabel = "DIR", description = "A data folder. May be given again.")
    List<Path> retrieval = List.of();

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "test",
            description = "Of data folders. Default test.")
    String split = "test";

    @Option(
            names = "--bitext",
            paramLabel = "FILE",
            description = "A table with the columns text and english, or sentence1 and sentence2, and lang if it has"
                    + " several languages. May be given again.")
    List<Path> bitext = List.of();

    @Option(
            names = "--languages",
            split = ",",
            paramLabel = "TAG",
            description = "Of bitext, as its column says. Default all.")
    List<String> languages = List.of();

    @Option(
            names = "--clusters",
            paramLabel = "FILE",
            description = "JSON lines or a table with text and label. May be given again.")
    List<Path> clusters = List.of();

    @Option(
            names = "--dims",
            split = ",",
            paramLabel = "N",
            description = "Measure the first N dimensions too, such as 256,128,64.")
    List<Integer> dims = List.of();

    @Option(names = "--picture", paramLabel = "FILE", description = "Draw what is kept over dimensions as SVG.")
    @Nullable
    Path picture;

    @Option(names = "--runs", paramLabel = "DIR", description = "Write what retrieval found as TREC runs; one encoder.")
    @Nullable
    Path runs;

    @Override
    public Outcome run(Session session) {
        Path kept = runs;
        if (kept != null && encoders.size() > 1) {
            throw new BadConfig(
                    "--runs takes the runs of one encoder, got " + encoders.size() + " of them in --encoder.");
        }
        List<EmbeddingTask> tasks = new ArrayList<>();
        sts.forEach(file -> tasks.add(StsTask.open(file)));
        retrieval.forEach(folder -> tasks.add(RetrievalTask.open(folder, split)));
        bitext.forEach(file -> tasks.add(BitextTask.open(file, languages)));
        clusters.forEach(file -> tasks.add(ClusterTask.open(file)));
        EmbeddingStudy.Result result = new EmbeddingStudy(encoders, tasks, dims).run(session.progress());
        Path file = picture;
        if (file != null) {
            String svg = result.chart().svg();
            AtomicFile.write(file, out -> out.write(svg.getBytes(StandardCharsets.UTF_8)));
            session.say("the picture is in " + file);
        }
        if (kept != null) {
            result.runs()
                    .values()
                    .forEach(found ->
                            found.forEach((data, run) -> run.write(kept.resolve(data.replace('/', '-') + ".trec"))));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", result.rows());
        json.put("circumstances", result.circumstances());
        return Outcome.of(json, new RowTable(result.rows()).render(session.width()));
    }
}
