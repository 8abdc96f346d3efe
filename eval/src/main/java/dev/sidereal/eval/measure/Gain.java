package dev.sidereal.eval.measure;

import dev.sidereal.core.error.BadInput;
import java.util.Locale;

/** What a grade is worth to nDCG. */
enum Gain {
    /** The grade itself (Järvelin and Kekäläinen 2002); trec_eval's. */
    LINEAR {
        @Override
        double of(int grade) {
            return grade;
        }
    },

    /** 2^grade - 1 (Burges et al., Learning to rank using gradient descent, ICML 2005). */
    EXP {
        @Override
        double of(int grade) {
            if (grade > 100) {
                throw new BadInput("the judgments have the grade " + grade + ", which gain=exp turns into 2^" + grade
                        + " - 1: use gain=linear, or grades of at most 100");
            }
            return Math.scalb(1.0, grade) - 1;
        }
    };

    /** {@return the gain of a grade above 0} */
    abstract double of(int grade);

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
