package dev.sidereal.train.negatives.sample;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.vector.Vectors;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeSampler;
import dev.sidereal.train.negatives.QueryContext;
import dev.sidereal.train.negatives.corpus.DocumentVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Inside the quasi-triangle of query and positive: the angles of the two to the query differ by at most a bound, and the
 * negative is not nearer to the query than the positive is. Of these, {@code P(n) ~ exp(-(s_n - s_p)^2 / 4) relu(s(p,n) -
 * s(q,n))}, without replacement; where the second factor is 0 for all, the first alone. Scores must be cosines. Source:
 * Yang et al., TriSampler, arXiv 2402.11855; bound 60 degrees.
 *
 * <p>Differs: the paper draws from the two distributions in turn; here their product is one draw. Of several positives the
 * first is taken. Written texts have no vector and are not picked.
 *
 * @param vectors unit vectors of the documents, of the scorer's model
 * @param degrees the bound, above 0
 */
public record TriSampler(DocumentVectors vectors, double degrees) implements NegativeSampler {
    /** The paper's bound. */
    public static final double DEGREES = 60;

    private static final double SPREAD = 4;

    public TriSampler {
        if (!(degrees > 0)) {
            throw new BadConfig("the bound of trisampler must be above 0 degrees, got " + degrees);
        }
    }

    @Override
    public String name() {
        return "trisampler";
    }

    @Override
    public boolean needsScores() {
        return true;
    }

    @Override
    public List<Candidate> pick(QueryContext context, List<Candidate> pool, int n, RandomGenerator random) {
        Candidate positive = context.positives().getFirst();
        float[] vector = vectors.row(positive.document());
        List<Candidate> inside = pool.stream()
                .filter(c -> !c.isWritten() && inside(c.score(), positive.score()))
                .toList();
        double[] near = new double[inside.size()];
        double[] both = new double[inside.size()];
        boolean any = false;
        for (int i = 0; i < near.length; i++) {
            double distance = inside.get(i).score() - positive.score();
            double toPositive = Vectors.dot(vector, vectors.row(inside.get(i).document()));
            double pull = Math.max(0, toPositive - inside.get(i).score());
            near[i] = -distance * distance / SPREAD;
            both[i] = near[i] + Math.log(pull);
            any |= pull > 0;
        }
        return new ArrayList<>(Draw.without(inside, any ? both : near, n, random));
    }

    private boolean inside(double score, double positive) {
        return score <= positive && angle(score) - angle(positive) <= degrees;
    }

    private static double angle(double cosine) {
        return Math.toDegrees(Math.acos(Math.clamp(cosine, -1, 1)));
    }

    @Override
    public String toString() {
        return "trisampler[" + vectors.fingerprint() + ", " + degrees + "]";
    }
}
