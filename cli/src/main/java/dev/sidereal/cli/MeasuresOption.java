package dev.sidereal.cli;

import dev.sidereal.eval.measure.Measure;
import dev.sidereal.eval.measure.Measures;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --measures}, the same for every verb that measures. */
final class MeasuresOption {
    @Option(
            names = "--measures",
            paramLabel = "LIST",
            defaultValue = Measures.STANDARD,
            description = "Default ${DEFAULT-VALUE}; see docs/evaluate.md.")
    String list = Measures.STANDARD;

    List<Measure> parsed() {
        return Measures.parse(list);
    }
}
