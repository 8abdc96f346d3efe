package dev.sidereal.train.loop;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.train.Answers;
import dev.sidereal.train.LoopPart;
import dev.sidereal.train.data.Batch;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.loss.Embedded;
import dev.sidereal.train.loss.Embedded.Role;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Positives of past batches as more in-batch negatives: first in, first out, and none older than an age. They carry no
 * gradient, and those that answer a row's query are masked for it. Sources: He et al., MoCo, arXiv 1911.05722; Wang et al.,
 * cross-batch memory, arXiv 1912.06798.
 *
 * <p>Differs: no second encoder that follows slowly; the age keeps vectors near the model instead.
 */
public final class MemoryQueue implements LoopPart {
    /** Vectors kept where nothing is said. */
    public static final int SIZE = 4096;

    /** Steps after which they are dropped where nothing is said. */
    public static final int AGE = 100;

    private final int size;
    private final int age;
    private final StateFile file;
    private final Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(Text text, float[] vector, long step) {}

    /**
     * Makes an empty queue.
     *
     * @param name tells its files from those of other datasets
     * @param size how many vectors at most
     * @param age after how many steps one is dropped
     */
    public MemoryQueue(String name, int size, int age) {
        if (size < 1 || age < 1) {
            throw new BadConfig(
                    "A memory queue holds at least 1 vector for at least 1 step, got " + size + " for " + age + ".");
        }
        this.size = size;
        this.age = age;
        this.file = new StateFile("queue-" + name);
    }

    @Override
    public Embedded vectors(Batch batch, Embedded embedded, long step) {
        while (!entries.isEmpty() && step - entries.getFirst().step > age) {
            entries.removeFirst();
        }
        Embedded more = entries.isEmpty() ? embedded : withPast(batch, embedded);
        Tensor positives = embedded.get(Role.POSITIVE).detach().to(DType.F32);
        for (int row = 0; row < batch.rows().size(); row++) {
            entries.addLast(new Entry(
                    batch.rows().get(row).positive(), positives.select(0, row).floats(), step));
        }
        while (entries.size() > size) {
            entries.removeFirst();
        }
        return more;
    }

    private Embedded withPast(Batch batch, Embedded embedded) {
        Tensor like = embedded.get(Role.POSITIVE);
        int dims = embedded.dims();
        float[] past = new float[entries.size() * dims];
        List<Text> texts = new ArrayList<>();
        for (Entry entry : entries) {
            System.arraycopy(entry.vector, 0, past, texts.size() * dims, dims);
            texts.add(entry.text);
        }
        Tensor vectors = Tensors.of(past, texts.size(), dims).to(like.dtype()).to(like.device());
        byte[] answers = new Answers(batch.rows()).of(texts);
        Tensor relevant = Tensors.of(answers, batch.rows().size(), texts.size()).to(DType.BOOL);
        return embedded.with(Role.PAST, vectors).with(Role.RELEVANT_PAST, relevant.to(like.device()));
    }

    @Override
    public void save(Path folder, long step) {
        List<ObjectNode> lines = new ArrayList<>();
        for (Entry entry : entries) {
            ByteBuffer bytes = ByteBuffer.allocate(entry.vector.length * Float.BYTES);
            bytes.asFloatBuffer().put(entry.vector);
            lines.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("id", entry.text.id())
                    .put("text", entry.text.text())
                    .put("step", entry.step)
                    .put("vector", Base64.getEncoder().encodeToString(bytes.array())));
        }
        file.write(folder, step, lines);
    }

    @Override
    public void restore(Path folder, long step) {
        for (ObjectNode line : file.read(folder, step)) {
            byte[] bytes = Base64.getDecoder().decode(line.get("vector").stringValue());
            float[] vector = new float[bytes.length / Float.BYTES];
            ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
            Text text = new Text(line.get("id").stringValue(), line.get("text").stringValue());
            entries.addLast(new Entry(text, vector, line.get("step").longValue()));
        }
    }

    @Override
    public String toString() {
        return "queue of " + size + " for " + age + " steps";
    }
}
