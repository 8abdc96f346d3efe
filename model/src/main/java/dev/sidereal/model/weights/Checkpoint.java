package dev.sidereal.model.weights;

import dev.sidereal.core.artifact.WriteFailure;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights in a folder of Hugging Face: {@code model.safetensors}, or several files that
 * {@code model.safetensors.index.json} names. Thread-safe until closed.
 */
public final class Checkpoint implements WeightSource {
    /** File name of a checkpoint in one piece. */
    public static final String SINGLE = "model.safetensors";

    /** Largest file that {@link #write} makes where nothing else is said: 5 GB, as Hugging Face does. */
    public static final long SHARD_BYTES = 5_000_000_000L;

    private final Path folder;
    private final List<Safetensors> shards;
    private final Map<String, Safetensors> holders;

    private Checkpoint(Path folder, List<Safetensors> shards, Map<String, Safetensors> holders) {
        this.folder = folder;
        this.shards = shards;
        this.holders = holders;
    }

    /**
     * Opens the weights of a folder and checks every file's header.
     *
     * @throws BadInput if there are none, a file is damaged or missing, or the index does not tell the truth
     */
    public static Checkpoint open(Path folder) {
        if (Files.isRegularFile(folder.resolve(SINGLE))) {
            return open(folder, List.of(SINGLE), Map.of());
        }
        if (Files.isRegularFile(folder.resolve(ShardIndex.NAME))) {
            ShardIndex index = ShardIndex.read(folder.resolve(ShardIndex.NAME));
            return open(folder, index.shards(), index.weights());
        }
        throw new BadInput("The folder " + folder + " has neither " + SINGLE + " nor " + ShardIndex.NAME
                + (Files.exists(folder.resolve("pytorch_model.bin"))
                        ? ", and pytorch_model.bin is pickled code that is not read; convert it to safetensors."
                        : "; check the path, or download the model's safetensors files."));
    }

    private static Checkpoint open(Path folder, List<String> names, Map<String, String> claims) {
        List<Safetensors> shards = new ArrayList<>();
        try {
            Map<String, Safetensors> holders = new LinkedHashMap<>();
            for (String name : names) {
                if (!Files.isRegularFile(folder.resolve(name))) {
                    long lost = claims.values().stream().filter(name::equals).count();
                    throw new BadInput("The checkpoint " + folder + " lacks the file " + name + ", which holds " + lost
                            + " of its " + claims.size() + " tensors; download it again.");
                }
                Safetensors shard = Safetensors.open(folder.resolve(name));
                shards.add(shard);
                hold(folder, shard, holders);
            }
            claims.forEach((tensor, shard) -> check(folder, tensor, shard, holders.get(tensor)));
            return new Checkpoint(folder, shards, holders);
        } catch (RuntimeException e) {
            shards.forEach(Safetensors::close);
            throw e;
        }
    }

    private static void hold(Path folder, Safetensors shard, Map<String, Safetensors> holders) {
        for (String tensor : shard.names()) {
            Safetensors other = holders.put(tensor, shard);
            if (other != null) {
                throw new BadInput("The checkpoint " + folder + " has the tensor \"" + tensor + "\" twice, in "
                        + fileName(other) + " and in " + fileName(shard) + "; remove the file of another checkpoint.");
            }
        }
    }

    private static void check(
            Path folder, String tensor, String shard, @org.jspecify.annotations.Nullable Safetensors holder) {
        if (holder == null) {
            throw new BadInput("The checkpoint " + folder + " has the tensor \"" + tensor + "\" in none of its files, "
                    + ShardIndex.NAME + " says it is in " + shard + "; download both again.");
        }
        if (!fileName(holder).equals(shard)) {
            throw new BadInput("The checkpoint " + folder + " has the tensor \"" + tensor + "\" in " + fileName(holder)
                    + ", " + ShardIndex.NAME + " says it is in " + shard + "; download the index again.");
        }
    }

    private static String fileName(Safetensors shard) {
        return String.valueOf(Path.of(shard.from()).getFileName());
    }

    /**
     * Writes weights to a folder: one file, or several with an index if they take more than {@code maxShardBytes}. All
     * files are complete on the disk before the first takes its name, and those of an older checkpoint that are not
     * needed any more are removed last. Tensors keep the writer's order; one larger than a shard has its own.
     *
     * @throws BadConfig if {@code maxShardBytes} is below 1
     * @throws dev.sidereal.core.error.Unavailable if they cannot be written
     */
    public static void write(Path folder, SafetensorsWriter tensors, long maxShardBytes) {
        if (maxShardBytes < 1) {
            throw new BadConfig("A shard holds at least 1 byte, got " + maxShardBytes + ".");
        }
        List<List<String>> shards = tensors.shards(maxShardBytes);
        Map<Path, Path> ready = new LinkedHashMap<>();
        try {
            Files.createDirectories(folder);
            Map<String, String> weights = new LinkedHashMap<>();
            for (int i = 0; i < shards.size(); i++) {
                String name =
                        shards.size() == 1 ? SINGLE : "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
                Path part = folder.resolve("." + name + ".part");
                ready.put(part, folder.resolve(name));
                tensors.write(part, shards.get(i));
                shards.get(i).forEach(tensor -> weights.put(tensor, name));
            }
            for (var file : ready.entrySet()) {
                Files.move(
                        file.getKey(),
                        file.getValue(),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            if (shards.size() > 1) {
                new ShardIndex(tensors.bytes(), weights).write(folder.resolve(ShardIndex.NAME));
            }
            removeOthers(folder, ready.values(), shards.size() > 1);
        } catch (IOException e) {
            throw WriteFailure.of(folder, "the folder may hold files of both checkpoints", e);
        } finally {
            ready.keySet().forEach(Checkpoint::discard);
        }
    }

    private static void removeOthers(Path folder, java.util.Collection<Path> kept, boolean sharded) throws IOException {
        if (!sharded) {
            Files.deleteIfExists(folder.resolve(ShardIndex.NAME));
        }
        try (var old = Files.newDirectoryStream(folder, "model{,-?????-of-?????}.safetensors")) {
            for (Path file : old) {
                if (!kept.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // It has been moved to its name, or is a hidden file that the next write replaces.
            part.toFile().deleteOnExit();
        }
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(holders.keySet());
    }

    @Override
    public StoredTensor tensor(String name) {
        Safetensors holder = holders.get(name);
        if (holder == null) {
            throw ClosestName.missing(from(), name, names());
        }
        return holder.tensor(name);
    }

    @Override
    public String from() {
        return folder.toString();
    }

    @Override
    public void close() {
        shards.forEach(Safetensors::close);
    }
}
