package dev.sidereal.model.weights;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.weights.OnnxGraph.Place;
import dev.sidereal.model.weights.ProtoReader.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The weights of an ONNX file under the names of the PyTorch checkpoint it was exported from. Biases, norms and
 * embeddings have kept them; the weight of a linear layer, which the exporter transposed and renamed, is named by its
 * {@code MatMul} node and turned back to {@code [out][in]}. Tensors are slices of the mapped file at any alignment (read
 * them with unaligned layouts), turned ones copies. Thread-safe until closed.
 */
public final class OnnxWeights implements WeightSource {
    private final MappedFile file;
    private final ProtoReader reader;
    private final OnnxGraph graph;

    private OnnxWeights(MappedFile file) {
        this.file = file;
        this.reader = ProtoReader.of(file.path(), file.bytes());
        this.graph = OnnxGraph.read(reader);
    }

    /**
     * Opens a file and reads its structure; memory is linear in the number of its tensors.
     *
     * @throws BadInput if there is no such file, it is damaged, or it keeps numbers in another file
     */
    public static OnnxWeights open(Path onnx) {
        return MappedFile.open(onnx, OnnxWeights::new);
    }

    /**
     * Writes the same graph with other numbers, atomically: everything but the replaced numbers stays byte for byte.
     *
     * @param source the ONNX file
     * @param weights tensors under the names of {@link #open}, in the checkpoint's shapes; the others stay. Their type may
     *     differ, they are converted
     * @param target may be {@code source}
     * @throws BadInput if a name is unknown, a shape differs, the source writes a tensor's numbers one by one, or two
     *     names share one tensor in the graph and are to differ
     * @throws dev.sidereal.core.error.Unavailable if the target cannot be written
     */
    public static void replace(Path source, WeightSource weights, Path target) {
        try (OnnxWeights onnx = open(source)) {
            // By place in the file, so that it is written from front to back.
            SortedMap<Long, String> names = new TreeMap<>();
            for (String name : weights.names()) {
                String other = names.putIfAbsent(onnx.where(name, weights).begin(), name);
                if (other != null && onnx.numbers(other, weights).mismatch(onnx.numbers(name, weights)) != -1) {
                    throw new BadInput("The tensors \"" + other + "\" and \"" + name + "\" of " + weights.from()
                            + " differ, but the graph of " + source + " has one for both; export the model anew.");
                }
            }
            AtomicFile.write(target, out -> onnx.write(names.values(), weights, out));
        }
    }

    private void write(Iterable<String> names, WeightSource weights, OutputStream out) throws IOException {
        long at = 0;
        for (String name : names) {
            Span where = where(name, weights);
            SafetensorsWriter.copy(file.bytes().asSlice(at, where.begin() - at), out);
            SafetensorsWriter.copy(numbers(name, weights), out);
            at = where.end();
        }
        SafetensorsWriter.copy(file.bytes().asSlice(at), out);
    }

    /** {@return the bytes of the file that a new tensor takes, after checking that it fits} */
    private Span where(String name, WeightSource weights) {
        Place place = place(name);
        StoredTensor old = stored(place);
        List<Long> expected = place.transposed() ? old.shape().reversed() : old.shape();
        List<Long> got = weights.tensor(name).shape();
        if (!got.equals(expected)) {
            throw new BadInput("The tensor \"" + name + "\" of " + weights.from() + " has the shape " + got
                    + ", expected " + expected + " as in " + from() + ".");
        }
        Span where = place.initialiser().raw();
        if (where == null) {
            throw new BadInput("The tensor \"" + name + "\" of " + from()
                    + " is written number by number and cannot be replaced; save the ONNX model anew.");
        }
        return where;
    }

    /** {@return a new tensor's numbers as the file stores them} */
    private MemorySegment numbers(String name, WeightSource weights) {
        Place place = place(name);
        StoredTensor converted =
                StoredNumbers.as(weights.tensor(name), stored(place).type());
        return (place.transposed() ? Transposed.of(converted) : converted).data();
    }

    private StoredTensor stored(Place place) {
        return place.initialiser().tensor(reader, file.bytes(), from());
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(graph.places().keySet());
    }

    @Override
    public StoredTensor tensor(String name) {
        Place place = place(name);
        StoredTensor tensor = stored(place);
        StoredTensor turned = place.transposed() ? Transposed.of(tensor) : tensor;
        return new StoredTensor(name, turned.type(), turned.shape(), turned.data());
    }

    private Place place(String name) {
        Place place = graph.places().get(name);
        if (place == null) {
            throw ClosestName.missing(from(), name, names());
        }
        return place;
    }

    @Override
    public String from() {
        return file.path().toString();
    }

    @Override
    public void close() {
        file.close();
    }
}
