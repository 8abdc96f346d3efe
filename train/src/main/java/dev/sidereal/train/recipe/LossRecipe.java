package dev.sidereal.train.recipe;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.loss.AnglE;
import dev.sidereal.train.loss.CoSent;
import dev.sidereal.train.loss.ConfidenceInfoNce;
import dev.sidereal.train.loss.DebiasedInfoNce;
import dev.sidereal.train.loss.EmbeddingMix;
import dev.sidereal.train.loss.HardInfoNce;
import dev.sidereal.train.loss.InfoNce;
import dev.sidereal.train.loss.KlDistillation;
import dev.sidereal.train.loss.LambdaLoss;
import dev.sidereal.train.loss.Loss;
import dev.sidereal.train.loss.LossSum;
import dev.sidereal.train.loss.MarginMse;
import dev.sidereal.train.loss.Matryoshka;
import dev.sidereal.train.loss.PrefixDistillation;
import dev.sidereal.train.loss.Similarity;
import dev.sidereal.train.loss.SimilarityDistillation;
import dev.sidereal.train.loss.Star;
import dev.sidereal.train.loss.SuspectSmoothing;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A loss by name.
 *
 * @param name {@code in-batch}, {@code symmetric}, {@code hard}, {@code f2llm} (in-batch plus hard), {@code debiased},
 *     {@code margin-mse}, {@code kl}, {@code cosent}, {@code angle}; or, of a teacher's vectors, {@code kd} (raw states)
 *     or {@code similarity}
 * @param weight how much it counts beside others of the same data
 * @param temperature of the softmax ones; {@code cosent} and {@code angle} scale by its inverse
 * @param smoothing of labels, for {@code in-batch}, {@code symmetric}, {@code hard} and {@code f2llm}
 * @param tau of {@code debiased}
 * @param alpha of {@code star}
 * @param margin of {@code confidence}
 * @param width of {@code confidence}
 * @param rho of {@code suspect}
 * @param matryoshka whether prefixes are trained too, with F2LLM's weights
 */
public record LossRecipe(
        String name,
        double weight,
        double temperature,
        double smoothing,
        double tau,
        double alpha,
        double margin,
        double width,
        double rho,
        boolean matryoshka) {
    /** @throws BadConfig if the weight does not fit */
    public LossRecipe {
        if (!(weight > 0)) {
            throw new BadConfig("The weight of the loss " + name + " must be above 0, got " + weight + ".");
        }
    }

    static LossRecipe read(YamlNode node) {
        LossRecipe loss = new LossRecipe(
                node.text("name", "in-batch"),
                node.number("weight", 1),
                node.number("temperature", 0.05),
                node.number("smoothing", 0),
                node.number("tau", 0.1),
                node.number("alpha", Star.ALPHA),
                node.number("margin", 0),
                node.number("width", 1),
                node.number("rho", 0.95),
                node.flag("matryoshka", false));
        node.close();
        loss.bare();
        return loss;
    }

    /** {@return whether a teacher must be as wide as the student} */
    boolean wantsRawStates() {
        return name.equals("kd");
    }

    /** {@return the loss for vectors of that many dimensions, without its weight} */
    public Loss of(int dims) {
        return matryoshka ? Matryoshka.f2llm(bare(), dims) : bare();
    }

    private Loss bare() {
        return switch (name) {
            case "in-batch" -> InfoNce.inBatch(temperature).withSmoothing(smoothing);
            case "symmetric" -> InfoNce.symmetric(temperature).withSmoothing(smoothing);
            case "hard" -> new HardInfoNce(temperature, smoothing);
            case "f2llm" ->
                LossSum.of(
                        InfoNce.inBatch(temperature).withSmoothing(smoothing), new HardInfoNce(temperature, smoothing));
            case "shared" -> InfoNce.shared(temperature).withSmoothing(smoothing);
            case "star" -> new Star(temperature, alpha);
            case "mochi" -> new EmbeddingMix(new HardInfoNce(temperature, smoothing), 0.5, 0.4);
            case "confidence" -> new ConfidenceInfoNce(temperature, margin, width);
            case "suspect" -> new SuspectSmoothing(temperature, smoothing, rho);
            case "lambda" -> new LambdaLoss(temperature);
            case "debiased" -> new DebiasedInfoNce(temperature, tau);
            case "margin-mse" -> new MarginMse(Similarity.COSINE);
            case "kl" -> new KlDistillation(1, 1 / temperature, Similarity.COSINE);
            case "cosent" -> new CoSent(1 / temperature);
            case "angle" -> new AnglE(1 / temperature);
            case "kd" -> new PrefixDistillation();
            case "similarity" -> new SimilarityDistillation(temperature);
            default ->
                throw new BadConfig("There is no loss '" + name + "'; losses are in-batch, symmetric, shared, hard,"
                        + " f2llm, star, mochi, debiased, confidence, suspect, lambda, margin-mse, kl, cosent, angle,"
                        + " kd, similarity.");
        };
    }

    Map<String, Object> yaml() {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("name", name);
        yaml.put("weight", weight);
        yaml.put("temperature", temperature);
        yaml.put("smoothing", smoothing);
        yaml.put("tau", tau);
        yaml.put("alpha", alpha);
        yaml.put("margin", margin);
        yaml.put("width", width);
        yaml.put("rho", rho);
        yaml.put("matryoshka", matryoshka);
        return yaml;
    }
}
