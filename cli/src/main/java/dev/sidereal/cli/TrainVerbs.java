package dev.sidereal.cli;

import picocli.CommandLine.Command;

/** {@code train}: the kinds of models that can be trained, each a verb. */
@Command(
        name = "train",
        description = "Train models on data of yours: train encoder.",
        subcommands = {TrainEncoderVerb.class})
final class TrainVerbs {}
