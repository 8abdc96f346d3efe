package dev.sidereal.cli;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.format.TrecQrelsFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --qrels}, the same for every verb that reads judgments. */
final class QrelsOption {
    @Option(
            names = "--qrels",
            required = true,
            paramLabel = "F",
            description = "Judgments: TREC's 4 columns or BEIR's 3.")
    Path file = Path.of("");

    Qrels read() {
        return TrecQrelsFile.read(file);
    }
}
