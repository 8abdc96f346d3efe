package dev.sidereal.train.data;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Data to train on and data to choose by, with no query in both.
 *
 * @param train what is trained on
 * @param dev what checkpoints are chosen by
 */
public record Split(Dataset train, Dataset dev) {
    private static final double HASHES = 1L << 32;

    /** @throws BadInput if the same query id or text is on both sides */
    public Split {
        Map<String, String> places = new HashMap<>();
        for (Example example : train.examples()) {
            places.put("id " + example.query().id(), example.where());
            places.put("text " + folded(example), example.where());
        }
        for (Example example : dev.examples()) {
            String earlier = places.getOrDefault(
                    "text " + folded(example),
                    places.getOrDefault("id " + example.query().id(), ""));
            if (!earlier.isEmpty()) {
                throw new BadInput(example.where() + ": the query '"
                        + Example.shown(example.query().text()) + "' is also in the training data at " + earlier
                        + "; take it out of one of them");
            }
        }
    }

    /**
     * {@return data parted by a hash of each query's text, so that a query stays on its side when data grows}
     *
     * @param share of queries on the dev side, above 0 and below 1
     * @throws BadConfig if the share does not fit
     * @throws BadInput if a side would be empty, or two texts share an id and fall on both sides
     */
    public static Split of(Dataset data, double share) {
        if (!(share > 0 && share < 1)) {
            throw new BadConfig("The share of dev queries must be above 0 and below 1, got " + share + ".");
        }
        List<Example> train = new ArrayList<>();
        List<Example> dev = new ArrayList<>();
        for (Example example : data.examples()) {
            CRC32C hash = new CRC32C();
            hash.update(folded(example).getBytes(StandardCharsets.UTF_8));
            (hash.getValue() < share * HASHES ? dev : train).add(example);
        }
        return new Split(
                new Dataset(data.name() + " (train)", data.inBatch(), train, data.instructDocuments()),
                new Dataset(data.name() + " (dev)", data.inBatch(), dev, data.instructDocuments()));
    }

    private static String folded(Example example) {
        return example.query().text().strip().toLowerCase(Locale.ROOT);
    }
}
