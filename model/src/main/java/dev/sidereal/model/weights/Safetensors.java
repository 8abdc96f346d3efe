package dev.sidereal.model.weights;

import dev.sidereal.model.weights.SafetensorsHeader.Content;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file, mapped into memory: opening costs the header, tensors are slices of the file. Thread-safe until
 * closed. Rows begin at the alignment that the writer gave them: read with unaligned layouts.
 */
public final class Safetensors implements WeightSource {
    private final MappedFile file;
    private final Content content;

    private Safetensors(MappedFile file) {
        this.file = file;
        this.content = SafetensorsHeader.read(file.path(), file.bytes());
    }

    /**
     * Opens a file and checks its header in full.
     *
     * @throws dev.sidereal.core.error.BadInput if there is no such file, or in one sentence for everything that the
     *     format forbids: a header longer than 100 MB or the file, unknown types, data that overlap, leave a hole or end
     *     early, names given twice
     */
    public static Safetensors open(Path file) {
        return MappedFile.open(file, Safetensors::new);
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(content.tensors().keySet());
    }

    @Override
    public StoredTensor tensor(String name) {
        TensorSpan span = content.tensors().get(name);
        if (span == null) {
            throw ClosestName.missing(from(), name, names());
        }
        return new StoredTensor(
                name,
                span.type(),
                span.shape(),
                file.bytes().asSlice(content.dataStart() + span.begin(), span.end() - span.begin()));
    }

    /** {@return the free texts of the header, for example {@code format: pt}} */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(content.metadata());
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
