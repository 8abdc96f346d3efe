package dev.sidereal.model;

import dev.sidereal.core.Encoder.Role;
import java.util.BitSet;
import java.util.List;

/** An encoder that can name the texts it cuts, without encoding them. */
public interface TruncationReport {
    /** {@return a bit for each text that is over the encoder's limit} */
    BitSet truncated(Role role, List<String> texts);
}
