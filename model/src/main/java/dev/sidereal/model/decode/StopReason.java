package dev.sidereal.model.decode;

/** Why a text ends. */
public enum StopReason {
    /** The model wrote one of its end tokens. */
    END,
    /** A stop sequence came. */
    STOP_SEQUENCE,
    /** It has as many tokens as it may have, or as the model can read. */
    LENGTH,
    /** The deadline came. */
    DEADLINE,
    /** Whoever received the pieces wanted no more. */
    CANCELLED
}
