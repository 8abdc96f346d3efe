package dev.sidereal.train.recipe;

import dev.sidereal.train.loop.MemoryQueue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What acts on the negatives of one dataset.
 *
 * @param mine what is mined
 * @param guide an encoder whose opinion masks false negatives; empty for none
 * @param margin how far below the positive the guide must see a negative
 * @param relative whether that is a share of the positive's score
 * @param queue positives of past batches that are negatives too; 0 for none
 * @param age steps after which they are dropped
 * @param logQ whether scores are corrected for documents that are positives often
 */
public record NegativesRecipe(
        MineRecipe mine, String guide, double margin, boolean relative, int queue, int age, boolean logQ) {
    static NegativesRecipe read(YamlNode node) {
        YamlNode mask = node.map("mask");
        YamlNode queue = node.map("queue");
        NegativesRecipe negatives = new NegativesRecipe(
                MineRecipe.read(node.map("mine")),
                mask.text("guide", ""),
                mask.number("margin", 0),
                mask.flag("relative", false),
                queue.whole("size", 0),
                queue.whole("age", MemoryQueue.AGE),
                node.flag("log-q", false));
        mask.close();
        queue.close();
        return negatives;
    }

    void yaml(Map<String, Object> yaml) {
        yaml.put("mine", mine.yaml());
        Map<String, Object> mask = new LinkedHashMap<>();
        mask.put("guide", guide);
        mask.put("margin", margin);
        mask.put("relative", relative);
        yaml.put("mask", mask);
        Map<String, Object> past = new LinkedHashMap<>();
        past.put("size", queue);
        past.put("age", age);
        yaml.put("queue", past);
        yaml.put("log-q", logQ);
    }
}
