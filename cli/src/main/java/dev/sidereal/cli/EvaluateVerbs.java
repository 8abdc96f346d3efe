package dev.sidereal.cli;

import picocli.CommandLine.Command;

/** {@code evaluate}: the evaluations, each a verb. */
@Command(
        name = "evaluate",
        description = {
            "Measure how good systems are on judged data: evaluate retrieval, evaluate embeddings,"
                    + " evaluate recommend."
        },
        subcommands = {EvaluateRetrievalVerb.class, EvaluateEmbeddingsVerb.class, EvaluateRecommendVerb.class})
final class EvaluateVerbs {}
