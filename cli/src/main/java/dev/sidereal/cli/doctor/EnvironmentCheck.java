package dev.sidereal.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Environment variables that native libraries read before the JVM could set them. */
record EnvironmentCheck(Map<String, String> environment) implements Check {
    @Override
    public Finding examine() {
        List<String> missing = new ArrayList<>();
        expect("OMP_WAIT_POLICY", "PASSIVE", missing);
        expect("OPENBLAS_NUM_THREADS", "1", missing);
        if (!missing.isEmpty()) {
            return Finding.warn(
                    "environment",
                    "not set: " + String.join(", ", missing),
                    "start through ./sidereal: idle native threads burn CPU time without them");
        }
        return Finding.ok("environment", "OMP_WAIT_POLICY=PASSIVE, OPENBLAS_NUM_THREADS=1");
    }

    private void expect(String name, String value, List<String> missing) {
        if (!value.equals(environment.get(name))) {
            missing.add(name + "=" + value);
        }
    }
}
