package dev.sidereal.engine.embeddings;

import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.Run;
import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.format.TrecRunFile;
import dev.sidereal.eval.Circumstances;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What retrieval found in a study of embeddings, and how it came about. */
public record StudyRun(Run run, Circumstances circumstances) {
    StudyRun by(EncoderCard card) {
        return new StudyRun(
                run,
                circumstances
                        .with("encoder", card.name())
                        .with("encoder_fingerprint", card.fingerprint())
                        .with("encoder_max_tokens", Integer.toString(card.maxTokens())));
    }

    /**
     * Writes the run in the columns of trec_eval and its circumstances beside it.
     *
     * @param file made with its folders, or replaced
     */
    public void write(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TrecRunFile.write(file, run);
        String beside = circumstances.with("system", run.name()).toJson();
        AtomicFile.write(Circumstances.beside(file), out -> out.write(beside.getBytes(StandardCharsets.UTF_8)));
    }
}
