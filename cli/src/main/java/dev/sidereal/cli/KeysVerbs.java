package dev.sidereal.cli;

import picocli.CommandLine.Command;

/** {@code keys}: who may call the server. */
@Command(
        name = "keys",
        description = "Make the keys that a server asks for.",
        subcommands = {KeysAddVerb.class})
final class KeysVerbs {}
