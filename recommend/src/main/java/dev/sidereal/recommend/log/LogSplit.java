package dev.sidereal.recommend.log;

/**
 * A log parted into what models learn from and what they are asked.
 *
 * @param protocol how it was parted, in words
 * @param train one sequence a user
 * @param validation for choosing settings and when to stop
 * @param test for the figures; its histories may hold validation events
 * @param trainWithValidation {@code train} and the validation events, for models that are fitted once settings are chosen
 */
public record LogSplit(String protocol, Sequences train, Cases validation, Cases test, Sequences trainWithValidation) {
    /** What a model may learn from. */
    public enum Fit {
        /** The training part alone; models that stop by validation can have no more. */
        TRAIN,
        /** The training part and the validation events. */
        TRAIN_AND_VALIDATION
    }

    /** {@return what a model may learn from} */
    public Sequences fit(Fit fit) {
        return switch (fit) {
            case TRAIN -> train;
            case TRAIN_AND_VALIDATION -> trainWithValidation;
        };
    }
}
