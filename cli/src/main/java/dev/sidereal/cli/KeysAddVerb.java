package dev.sidereal.cli;

import dev.sidereal.server.access.Key;
import dev.sidereal.server.access.KeyRing;
import dev.sidereal.server.access.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keys add}: one more key. */
@Command(
        name = "add",
        description = {
            "Make a key and print it, once: the file keeps a salted hash only.",
            "",
            "Examples:",
            "  ./sidereal keys add ann --role reader --as ann,group:staff",
            "  ./sidereal keys add loader --role writer --as loader,group:staff --keys keys.json"
        })
final class KeysAddVerb implements Verb {
    @Parameters(paramLabel = "NAME", description = "Shown in logs and in the audit.")
    String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "reader",
            description = "reader, writer or admin. Default reader.")
    String role = "";

    @Option(
            names = "--as",
            paramLabel = "PRINCIPAL",
            defaultValue = "anyone",
            description = "Whose items it reads: users and groups such as ann,group:staff. Default anyone.")
    String principal = "";

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            defaultValue = "keys.json",
            description = "The file to add to. Default ./keys.json.")
    Path file = Path.of("");

    @Override
    public Outcome run(Session session) {
        KeyRing ring = Files.exists(file) ? KeyRing.read(file) : KeyRing.empty();
        Key.Made made = Key.make(name, Role.named(role), principal);
        ring.with(made.key()).write(file);
        session.say("written to " + file + "; keep the key, it is not shown again");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("role", role);
        json.put("as", principal);
        json.put("file", file.toString());
        json.put("key", made.secret());
        return Outcome.of(json, made.secret());
    }
}
