package dev.sidereal.bench;

import dev.sidereal.core.error.Unavailable;
import dev.sidereal.engine.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A peer that is a program of its own: a script among our resources, run by an interpreter of the machine, one thread. */
final class PeerScript {
    /** What to do where {@link #pythonWithTorch} finds none. */
    static final String PYTORCH_MISSING =
            "pytorch: install Debian's python3-torch and python3-numpy, or torch for the python3 on the path";

    private static final int LIMIT_MINUTES = 10;

    private PeerScript() {}

    /**
     * Runs a script.
     *
     * @param interpreter the program
     * @param resource the script's name beside this class
     * @return the object on the last line it prints
     * @throws Unavailable if it fails or takes longer than ten minutes
     */
    static JsonNode run(String interpreter, String resource, List<String> arguments) {
        try (Scratch scratch = Scratch.in(null);
                InputStream script = Objects.requireNonNull(PeerScript.class.getResourceAsStream(resource))) {
            Path file = scratch.path().resolve(resource);
            Files.copy(script, file);
            List<String> command = new ArrayList<>(List.of(interpreter, file.toString()));
            command.addAll(arguments);
            Path out = scratch.path().resolve("out");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(out.toFile()));
            builder.environment().put("OMP_NUM_THREADS", "1");
            builder.environment().put("OPENBLAS_NUM_THREADS", "1");
            // The peer takes the kernels of this machine, whatever somebody fixed for other programs.
            builder.environment().remove("OPENBLAS_CORETYPE");
            Process process = builder.start();
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new Unavailable("The peer " + resource + " did not end within " + LIMIT_MINUTES + " minutes.");
            }
            List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8);
            if (process.exitValue() != 0 || lines.isEmpty()) {
                throw new Unavailable("The peer " + resource + " failed: "
                        + (lines.isEmpty() ? "exit " + process.exitValue() : lines.getLast()));
            }
            return JsonMapper.shared().readTree(lines.getLast());
        } catch (IOException e) {
            throw new Unavailable("The peer " + resource + " cannot be run: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("The peer " + resource + " was interrupted.", e);
        }
    }

    /** {@return a Python that has PyTorch: Debian's own before the one on the path} */
    static Optional<String> pythonWithTorch() {
        return Stream.of("/usr/bin/python3", "python3")
                .filter(python -> succeeds(List.of(python, "-c", "import torch, numpy")))
                .findFirst();
    }

    /**
     * {@return the {@code node_modules} that holds a package}: below the folder that {@code SIDEREAL_PEERS} or
     * {@code PERF_WORK} names, or below {@code fallback}
     */
    static Optional<Path> nodeModules(Path fallback, String name) {
        return succeeds(List.of("node", "--version"))
                ? Stream.of(System.getenv("SIDEREAL_PEERS"), System.getenv("PERF_WORK"), fallback.toString())
                        .filter(Objects::nonNull)
                        .map(folder -> Path.of(folder).resolve("node_modules"))
                        .filter(modules -> Files.isDirectory(modules.resolve(name)))
                        .findFirst()
                : Optional.empty();
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
