package dev.sidereal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainEncoderVerbTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeData() throws IOException {
        TinyEncoder.write(folder.resolve("tiny"));
        Random random = new Random(5);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add("{\"query\": \"%s\", \"positive\": \"%s\"}".formatted(words(random), words(random)));
        }
        Files.write(folder.resolve("data.jsonl"), lines);
    }

    private static String words(Random random) {
        return "w%d w%d w%d".formatted(random.nextInt(50), random.nextInt(50), random.nextInt(50));
    }

    private Path recipe(String model, String data, String rest) throws IOException {
        Path file = folder.resolve("recipe.yaml");
        Files.writeString(file, """
                model: %s
                device: cpu
                data: [%s]
                batches: {size: 8, negatives: 0}
                %s
                """.formatted(folder.resolve(model), data.replace("FOLDER", folder.toString()), rest));
        return file;
    }

    private Path recipe(int steps) throws IOException {
        return recipe(
                "tiny",
                "{path: FOLDER/data.jsonl}",
                "training: {steps: %d, learning-rate: 1e-3, evaluate-every: 40, snapshot-every: 7}".formatted(steps));
    }

    private int run(String... arguments) {
        return new CommandRunner(Terminal.plain(out, err), Interruption.never()).run(arguments);
    }

    private JsonNode train(Path recipe, String to) {
        out.reset();
        assertThat(run(
                        "train",
                        "encoder",
                        "--recipe",
                        recipe.toString(),
                        "--to",
                        folder.resolve(to).toString(),
                        "--json"))
                .as(err::toString)
                .isZero();
        return JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aRunSaysWhatItTakesAndHowItEnded() throws IOException {
        JsonNode answer = train(recipe(10), "to");
        assertThat(answer.path("steps").asInt()).isEqualTo(10);
        assertThat(answer.path("stop").asString()).isEqualTo("done");
        assertThat(answer.path("reason").asString()).isEqualTo("all 10 steps were made");
        assertThat(answer.path("measure").asString()).isEqualTo("ndcg@10");
        assertThat(answer.path("best").asDouble())
                .isGreaterThanOrEqualTo(answer.path("untrained").asDouble());
        // Two epochs of the 36 examples that are not held back, two texts of three words each.
        assertThat(answer.path("tokens").asLong()).isEqualTo(2 * 36 * 2 * 3);
        assertThat(answer.path("final_loss").asDouble()).isPositive();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("training 0.0 M parameters on ", "memory: at most about ", "before training: 0.");
        assertThat(folder.resolve("to/model/model.safetensors")).exists();
        assertThat(folder.resolve("to/recipe.yaml")).content().contains("weight-decay: 0.01", "chunk: 64");
    }

    @Test
    @Tag("slow")
    void aRunThatIsKilledEndsWithTheModelOfAnUndisturbedOne() throws Exception {
        Path recipe = recipe(400);
        train(recipe, "undisturbed");
        Path snapshot = folder.resolve("killed/run/snapshot.safetensors");
        for (int kill = 0; kill < 2; kill++) {
            Process process = builder(recipe, folder.resolve("killed"))
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            byte[] before = Files.exists(snapshot) ? Files.readAllBytes(snapshot) : new byte[0];
            while (process.isAlive()
                    && (!Files.exists(snapshot) || java.util.Arrays.equals(before, Files.readAllBytes(snapshot)))) {
                boolean _ = process.waitFor(5, TimeUnit.MILLISECONDS);
            }
            assertThat(process.isAlive()).as("killed in the middle").isTrue();
            process.destroyForcibly().waitFor();
            assertThat(folder.resolve("killed/model")).doesNotExist();
        }
        err.reset();
        train(recipe, "killed");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("going on after step ");
        assertThat(folder.resolve("killed/model/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("undisturbed/model/model.safetensors"));
    }

    @Test
    @Tag("slow")
    void aRunThatCtrlCStopsEndsWithTheModelOfAnUndisturbedOne() throws Exception {
        // No snapshot but the one that stopping leaves.
        Path recipe = recipe(
                "tiny",
                "{path: FOLDER/data.jsonl}",
                "training: {steps: 400, learning-rate: 1e-3, evaluate-every: 400, snapshot-every: 400}");
        train(recipe, "undisturbed");
        Process process = builder(recipe, folder.resolve("stopped")).start();
        try (BufferedReader said = process.inputReader()) {
            String line = said.readLine();
            while (line != null && !line.contains("before training: ")) {
                line = said.readLine();
            }
            assertThat(line).as("the last word before the first step").isNotNull();
            assumeThat(ignoresInterrupts(process))
                    .as("a shell without job control starts processes that never hear Ctrl-C")
                    .isFalse();
            interrupt(process);
            assertThat(said.lines())
                    .anyMatch(last ->
                            last.matches("stopped after step \\d+; the same command goes on from the last snapshot"))
                    .last()
                    .isEqualTo("stopped before the end");
        }
        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(folder.resolve("stopped/model")).doesNotExist();
        err.reset();
        train(recipe, "stopped");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("going on after step ");
        assertThat(folder.resolve("stopped/model/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("undisturbed/model/model.safetensors"));
    }

    private static void interrupt(Process process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Reads the kernel's mask of ignored signals, where there is one; SIGINT is the second bit. */
    private static boolean ignoresInterrupts(Process process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    private static ProcessBuilder builder(Path recipe, Path to) {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "train",
                        "encoder",
                        "--recipe",
                        recipe.toString(),
                        "--to",
                        to.toString())
                .redirectErrorStream(true);
    }

    @Test
    void aRunThatFailsSaysWhyAndLeavesNoModel() throws IOException {
        Path recipe = recipe(
                "tiny",
                "{path: FOLDER/data.jsonl}",
                "dev: 0\ntraining: {steps: 60, learning-rate: 1e30, learning-rate-floor: 1e29, warmup: 0, clip: 1e30}");
        assertThat(run(
                        "train",
                        "encoder",
                        "--recipe",
                        recipe.toString(),
                        "--to",
                        folder.resolve("to").toString(),
                        "--json"))
                .isEqualTo(1);
        JsonNode answer = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(answer.path("stop").asString()).isIn("not_finite", "collapsed");
        assertThat(answer.path("reason").asString()).contains("lower the learning rate");
        assertThat(folder.resolve("to/model")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"query\": \"w1\", \"positive\": \"w2\", \"pos\": \"w3\"} | 1 | data.jsonl:1: 'pos' is no role; roles are id, instruction, negatives, positive, query, scores",
                "{\"query\": \"w1\", \"positive\": \"w2\", \"negatives\": []} | 1 | data.jsonl:1: the list of 'negatives' is empty; fill it or leave the key out",
                "{\"query\": \"w1\", \"positive\": [\"w2\", \"w3\"], \"negatives\": [\"w3\"]} | 1 | data.jsonl:1: 'w3' is both a positive and a negative; keep it on one side",
            })
    void linesThatCannotBeUsedAreRefused(String line, int exit, String sentence) throws IOException {
        Files.writeString(folder.resolve("data.jsonl"), line + "\n");
        assertRefused(recipe(5), exit, sentence);
    }

    @Test
    void idsThatDoNotResolveAreRefused() throws IOException {
        Files.createDirectories(folder.resolve("set/qrels"));
        Files.writeString(folder.resolve("set/corpus.jsonl"), "{\"_id\": \"d1\", \"title\": \"\", \"text\": \"w1\"}\n");
        Files.writeString(folder.resolve("set/queries.jsonl"), "{\"_id\": \"q1\", \"text\": \"w2\"}\n");
        Files.writeString(folder.resolve("set/qrels/train.tsv"), "query-id\tcorpus-id\tscore\nq1\td9\t1\n");
        assertRefused(recipe("tiny", "{format: retrieval, path: FOLDER/set}", "dev: 0"), 1, "'d9'");
        Files.writeString(folder.resolve("set/qrels/train.tsv"), "query-id\tcorpus-id\tscore\nq1\td1\t1\n");
        Files.writeString(folder.resolve("mined.jsonl"), "{\"query\": \"q1\", \"negatives\": [\"d7\"]}\n");
        assertRefused(
                recipe(
                        "tiny",
                        "{format: retrieval, path: FOLDER/set, negatives: FOLDER/mined.jsonl, loss: {name: hard}}",
                        "dev: 0"),
                1,
                "mined.jsonl:1: the negative id 'd7' is not in the corpus of ");
    }

    @Test
    void aCheckpointOfAnotherArchitectureIsRefused() throws IOException {
        Files.writeString(folder.resolve("tiny/config.json"), "{\"model_type\": \"convnext\", \"hidden_size\": 8}");
        assertRefused(recipe(5), 1, "the architecture \"convnext\" (model_type) is not supported here");
        Files.delete(folder.resolve("tiny/modules.json"));
        assertRefused(recipe(5), 1, "the architecture \"convnext\" (model_type) is not supported here");
    }

    @Test
    void recipesThatCannotBeReadAreRefused() throws IOException {
        assertRefused(
                recipe("tiny", "{path: FOLDER/data.jsonl}", "epochs: 3"), 2, "there is no key 'epochs'; keys are ");
        assertRefused(
                recipe("tiny", "{path: FOLDER/data.jsonl", ""),
                1,
                "recipe.yaml:3: this is no YAML: expected ',' or '}', but got ]");
        assertRefused(recipe("tiny", "{path: FOLDER/none.jsonl}", ""), 1, "none.jsonl");
        assertRefused(
                recipe("tiny", "{path: FOLDER/data.jsonl, loss: {name: hard}}", ""), 1, "the loss needs negatives");
        assertRefused(folder.resolve("none.yaml"), 1, "cannot read the recipe ");
    }

    private void assertRefused(Path recipe, int exit, String sentence) {
        err.reset();
        assertThat(run(
                        "train",
                        "encoder",
                        "--recipe",
                        recipe.toString(),
                        "--to",
                        folder.resolve("to").toString()))
                .isEqualTo(exit);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("sidereal: ").contains(sentence));
        assertThat(folder.resolve("to")).doesNotExist();
    }

    @Test
    void theExampleHasEveryKey() {
        assertThat(run("train", "encoder", "--example")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("model: bge-small", "snapshot-every: ", "roles: ");
    }
}
