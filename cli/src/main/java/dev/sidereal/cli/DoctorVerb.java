package dev.sidereal.cli;

import dev.sidereal.cli.doctor.Doctor;
import dev.sidereal.cli.doctor.Finding;
import dev.sidereal.cli.doctor.Finding.Status;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code doctor}: is this machine ready, and if not, what to do. Ends with 1 if something will not work. */
@Command(
        name = "doctor",
        description = {
            "Check Java, flags, native libraries, CPU, memory and disk; say what to fix.",
            "",
            "Each line is ok, warn (it works, but slower or not for long) or FAIL (something will not work), with"
                    + " what to do about it below."
        })
final class DoctorVerb implements Verb {
    /** What {@code doctor --json} prints. */
    record Diagnosis(boolean ok, String version, List<Finding> checks) {}

    @Override
    public Outcome run(Session session) {
        List<Finding> findings = Doctor.ofThisMachine().examine();
        boolean ok = findings.stream().noneMatch(finding -> finding.status() == Status.FAIL);
        return new Outcome(new Diagnosis(ok, Version.number(), findings), text(findings), ok ? 0 : 1);
    }

    private static String text(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(String.format(
                    Locale.ROOT, "%-5s %-17s %s%n", label(finding.status()), finding.check(), finding.found()));
            if (!finding.advice().isEmpty()) {
                text.append(String.format(Locale.ROOT, "%-5s %-17s -> %s%n", "", "", finding.advice()));
            }
        }
        long bad = findings.stream().filter(f -> f.status() == Status.FAIL).count();
        long warned = findings.stream().filter(f -> f.status() == Status.WARN).count();
        return text.append(
                        bad > 0
                                ? bad + " of " + findings.size() + " checks failed"
                                : warned > 0
                                        ? "ready, with " + warned + " of " + findings.size() + " checks to look at"
                                        : "ready")
                .toString();
    }

    private static String label(Status status) {
        return switch (status) {
            case OK -> "ok";
            case WARN -> "warn";
            case FAIL -> "FAIL";
        };
    }
}
