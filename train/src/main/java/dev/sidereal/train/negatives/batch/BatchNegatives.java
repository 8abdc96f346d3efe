package dev.sidereal.train.negatives.batch;

import dev.sidereal.core.error.BadConfig;

/**
 * Which negatives the rows of a batch lend each other, as data for the training loop.
 *
 * @param scope whose documents stand in a row's denominator
 * @param sharedHard whether other rows' mined negatives do too (DPR, arXiv 2004.04906, section 3.2)
 * @param logQ whether scores are corrected by the log of the document's frequency in batches (Yi et al. 2019)
 * @param queue how many past documents are kept for {@link Scope#QUEUE}, else 0
 * @param maxAge steps after which a past document is dropped, for {@link Scope#QUEUE}, else 0
 */
public record BatchNegatives(Scope scope, boolean sharedHard, boolean logQ, int queue, int maxAge) {
    /** Documents kept where nothing is said. */
    public static final int QUEUE = 4096;

    /** Steps after which they are dropped where nothing is said. */
    public static final int MAX_AGE = 100;

    /** Whose documents are seen. */
    public enum Scope {
        /** The row's own. For labels of classes and clusters, where other rows' positives may be right answers. */
        OWN,
        /** All rows' of the batch (DPR). */
        BATCH,
        /** All rows' of all workers, or of the sub-batches of a gradient cache (RocketQA, arXiv 2010.08191). */
        CROSS_BATCH,
        /** The batch's and those of past batches (MoCo, arXiv 1911.05722). */
        QUEUE
    }

    public BatchNegatives {
        if (scope == Scope.QUEUE ? queue < 1 || maxAge < 1 : queue != 0 || maxAge != 0) {
            throw new BadConfig("a queue of past documents needs a size and an age of at least 1, other scopes have 0;"
                    + " got size " + queue + " and age " + maxAge + " for " + scope);
        }
    }

    /** {@return a row's own negatives alone} */
    public static BatchNegatives own() {
        return new BatchNegatives(Scope.OWN, false, false, 0, 0);
    }

    /** {@return the other rows' positives} */
    public static BatchNegatives inBatch() {
        return new BatchNegatives(Scope.BATCH, false, false, 0, 0);
    }

    /** {@return the other rows' positives and mined negatives} */
    public static BatchNegatives shared() {
        return new BatchNegatives(Scope.BATCH, true, false, 0, 0);
    }
}
