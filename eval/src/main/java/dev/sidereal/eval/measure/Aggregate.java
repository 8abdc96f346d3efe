package dev.sidereal.eval.measure;

/** How the values of single queries become one value for a system. */
public enum Aggregate {
    /** Sum divided by the number of queries. */
    MEAN {
        @Override
        public double of(double[] values) {
            return values.length == 0 ? 0 : SUM.of(values) / values.length;
        }
    },

    /** For counts. */
    SUM {
        @Override
        public double of(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            return sum;
        }
    },

    /**
     * Geometric mean, values below 0.00001 raised to it as trec_eval does (Robertson, On GMAP and other transformations,
     * CIKM 2006).
     */
    GEOMETRIC_MEAN {
        @Override
        public double of(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += Math.log(Math.max(value, 0.00001));
            }
            return values.length == 0 ? 0 : Math.exp(sum / values.length);
        }
    };

    /** {@return the value for the system, summed in the order given; 0 for no values} */
    public abstract double of(double[] values);
}
