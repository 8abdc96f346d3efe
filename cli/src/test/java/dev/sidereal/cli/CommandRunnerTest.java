package dev.sidereal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.Progress;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

class CommandRunnerTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aResultIsTextOnStandardOutput() {
        assertThat(run(() -> Outcome.of(Map.of("n", 3), "three"), "try")).isZero();
        assertThat(out()).isEqualTo("three\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void jsonIsOneObjectOnStandardOutputAndNothingElse() {
        int exit = run(
                session -> {
                    session.say("about to count");
                    Logger.getLogger("library").warning("odd file");
                    try (Progress.Task task = session.progress().start("counting", 3)) {
                        task.advance(3);
                    }
                    return Outcome.of(Map.of("n", 3), "three");
                },
                "try",
                "--json");
        assertThat(exit).isZero();
        assertThat(out()).isEqualTo("{\"n\":3}\n");
        assertThat(err()).isEqualTo("about to count\nwarning: odd file\n");
    }

    @Test
    void optionsOfTheCommandMayStandBeforeTheVerb() {
        assertThat(run(() -> Outcome.of(Map.of("n", 3), "three"), "--json", "try"))
                .isZero();
        assertThat(out()).isEqualTo("{\"n\":3}\n");
    }

    @Test
    void aVerbMayAnswerWithBadNews() {
        assertThat(run(() -> new Outcome(Map.of("ok", false), "no", 1), "try")).isEqualTo(1);
        assertThat(out()).isEqualTo("no\n");
    }

    @Test
    void badDataIsASentenceAndExitsWithOne() {
        int exit = run(
                () -> {
                    throw new BadInput("items.jsonl:7: 'id' is missing; give every item one");
                },
                "try");
        assertThat(exit).isEqualTo(1);
        assertThat(out()).isEmpty();
        assertThat(err()).isEqualTo("sidereal: items.jsonl:7: 'id' is missing; give every item one\n");
    }

    @Test
    void aBadSettingExitsWithTwo() {
        int exit = run(
                () -> {
                    throw new BadConfig("--k must be at least 1, got 0");
                },
                "try");
        assertThat(exit).isEqualTo(2);
        assertThat(err()).isEqualTo("sidereal: --k must be at least 1, got 0\n");
    }

    @Test
    void aMissingFileIsASentence() {
        int exit = run(
                () -> {
                    throw new UncheckedIOException(new NoSuchFileException("corpus"));
                },
                "try");
        assertThat(exit).isEqualTo(1);
        assertThat(err()).isEqualTo("sidereal: there is no file or folder 'corpus'\n");
    }

    @Test
    void anUnexpectedFailureShowsItsStackTraceOnlyOnRequest() {
        Callable<Outcome> failing = () -> {
            throw new IllegalStateException("gone");
        };
        assertThat(run(failing, "try")).isEqualTo(1);
        assertThat(err())
                .isEqualTo("sidereal: unexpected IllegalStateException: gone; --debug shows the stack trace\n");
        assertThat(run(failing, "try", "--debug")).isEqualTo(1);
        assertThat(err()).contains("\tat " + CommandRunnerTest.class.getName());
    }

    @Test
    void withJsonAFailureIsOneObjectToo() {
        int exit = run(
                () -> {
                    throw new BadInput("no such column");
                },
                "try",
                "--json");
        assertThat(exit).isEqualTo(1);
        assertThat(JsonMapper.shared().readTree(out()))
                .isEqualTo(JsonMapper.shared()
                        .readTree("{\"error\":{\"kind\":\"BadInput\",\"message\":\"no such column\",\"exit\":1}}"));
        assertThat(err()).isEqualTo("sidereal: no such column\n");
    }

    @Test
    void anUnknownVerbIsUsageAndNamesTheNearestOne() {
        assertThat(run(() -> Outcome.of(Map.of(), ""), "tri")).isEqualTo(2);
        assertThat(out()).isEmpty();
        assertThat(err())
                .isEqualTo("sidereal: Unmatched argument at index 0: 'tri'; did you mean try?"
                        + " - './sidereal --help' lists what there is\n");
    }

    @Test
    void anUnknownOptionIsUsageAlsoInJson() {
        assertThat(run(() -> Outcome.of(Map.of(), ""), "try", "--bogus", "--json"))
                .isEqualTo(2);
        assertThat(JsonMapper.shared().readTree(out()).at("/error/kind").asString())
                .isEqualTo("Usage");
        assertThat(err())
                .isEqualTo("sidereal: Unknown option: '--bogus' - './sidereal try --help' lists what there is\n");
    }

    @Test
    void aValueOfTheWrongTypeIsUsage() {
        assertThat(run(() -> Outcome.of(Map.of(), ""), "try", "--k", "many")).isEqualTo(2);
        assertThat(err()).startsWith("sidereal: Invalid value for option '--k': 'many' is not an int");
    }

    @Test
    void optionsReachTheVerb() {
        assertThat(run(() -> Outcome.of(Map.of(), ""), "try", "--k", "7")).isZero();
        assertThat(out()).isEqualTo("k is 7\n");
    }

    @Test
    void withoutAVerbTheHelpListsTheGroups() {
        assertThat(run(() -> Outcome.of(Map.of(), ""))).isZero();
        assertThat(out()).contains("Test group\n  try   Try something.").contains("Exit codes:");
    }

    @Test
    void everyVerbExplainsItself() {
        assertThat(run(() -> Outcome.of(Map.of(), ""), "try", "--help")).isZero();
        assertThat(out()).startsWith("Usage: sidereal try").contains("Try something.", "--k", "--json");
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(run(() -> Outcome.of(Map.of(), ""), "--version")).isZero();
        assertThat(out()).matches("sidereal \\S+ on Java 25\\S*\n");
    }

    @Test
    void doctorAnswersAllItsChecksAsOneJsonObject() {
        CommandRunner runner = new CommandRunner(Terminal.plain(out, err), Interruption.never());
        int exit = runner.run("doctor", "--json");
        var diagnosis = JsonMapper.shared().readTree(out());
        assertThat(diagnosis.get("ok").asBoolean()).isEqualTo(exit == 0);
        List<String> checks = diagnosis
                .get("checks")
                .valueStream()
                .map(check -> check.get("check").asString())
                .toList();
        assertThat(checks)
                .contains("java", "jvm options", "vector module", "cpu", "onnxruntime", "tokenizers", "memory");
        assertThat(diagnosis.get("checks").valueStream())
                .allSatisfy(check -> assertThat(check.get("status").asString()).isIn("ok", "warn", "fail"));
    }

    private interface Work {
        Outcome run(Session session);
    }

    private int run(Callable<Outcome> work, String... args) {
        return run(
                session -> {
                    try {
                        return work.call();
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                args);
    }

    private int run(Work work, String... args) {
        out.reset();
        err.reset();
        Verbs verbs = new Verbs().group("Test group", new Try(work));
        return new CommandRunner(Terminal.plain(out, err), Interruption.never(), verbs).run(args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Command(name = "try", description = "Try something.")
    private static final class Try implements Verb {
        private final Work work;

        @Option(names = "--k", description = "How many.")
        int k;

        Try(Work work) {
            this.work = work;
        }

        @Override
        public Outcome run(Session session) {
            return k == 0 ? work.run(session) : Outcome.of(Map.of("k", k), "k is " + k);
        }
    }
}
