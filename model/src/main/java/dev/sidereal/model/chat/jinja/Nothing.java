package dev.sidereal.model.chat.jinja;

/** Values that stand for no value. */
enum Nothing {
    /** Python's None. */
    NONE,
    /** A name or key that is not there: empty when written, false, without items. */
    UNDEFINED
}
