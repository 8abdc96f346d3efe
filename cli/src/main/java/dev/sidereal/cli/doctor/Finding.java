package dev.sidereal.cli.doctor;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What one check found.
 *
 * @param check name of the check
 * @param status whether it matters
 * @param found what is there, in one line
 * @param advice what to do about it; empty if nothing
 */
public record Finding(String check, Status status, String found, String advice) {
    /** How much a finding matters. */
    public enum Status {
        /** As it should be. */
        @JsonProperty("ok")
        OK,
        /** Works, but slower than it could or not for long. */
        @JsonProperty("warn")
        WARN,
        /** Something will not work. */
        @JsonProperty("fail")
        FAIL
    }

    static Finding ok(String check, String found) {
        return new Finding(check, Status.OK, found, "");
    }

    static Finding warn(String check, String found, String advice) {
        return new Finding(check, Status.WARN, found, advice);
    }

    static Finding fail(String check, String found, String advice) {
        return new Finding(check, Status.FAIL, found, advice);
    }
}
