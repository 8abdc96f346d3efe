package dev.sidereal.engine;

import dev.sidereal.core.Item;
import dev.sidereal.core.Principal;
import dev.sidereal.core.error.Denied;
import dev.sidereal.search.IndexSnapshot;
import dev.sidereal.search.ItemWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An index that is searched and written at the same time. A write returns when it is durable: a process killed
 * afterwards has lost nothing. Writers at the same time share commits. Thread-safe.
 */
public final class LiveIndex implements AutoCloseable {
    private static final Duration COMMIT_PAUSE = Duration.ofMillis(50);

    private final Path folder;
    private final OpenIndex open;
    private final ItemWriter writer;
    private final GroupCommit commits;
    private final IdLocks locks = new IdLocks();

    private LiveIndex(Path folder, OpenIndex open) {
        this.folder = folder;
        this.open = open;
        this.writer = open.index().writer();
        this.commits = new GroupCommit(writer::commit, COMMIT_PAUSE);
    }

    /**
     * Opens one.
     *
     * @throws dev.sidereal.core.error.Unavailable if another process writes it
     */
    public static LiveIndex open(Path folder) {
        return new LiveIndex(folder, OpenIndex.forWriting(folder));
    }

    /** {@return the index for reading} */
    public OpenIndex reading() {
        return open;
    }

    /** What a write did. */
    public enum Outcome {
        CREATED,
        REPLACED,
        UNCHANGED,
        DELETED,
        ABSENT
    }

    /**
     * Adds an item or replaces the one with its id.
     *
     * @param as who may replace only what they may read
     * @param before told the item that is there, if any; throws to refuse the write
     * @throws Denied if the id belongs to an item that the principal may not read
     */
    public Outcome put(Item item, Principal as, Consumer<Optional<Item>> before) {
        Outcome outcome = locks.holding(item.id(), () -> {
            Optional<Item> there = current(item.id(), as);
            before.accept(there);
            writer.put(List.of(item));
            return outcome(there, item);
        });
        commits.await();
        return outcome;
    }

    /**
     * Removes an item.
     *
     * @param as who may remove only what they may read; anything else is absent to them
     * @param before told the item that is there; throws to refuse
     */
    public Outcome delete(String id, Principal as, Consumer<Item> before) {
        Outcome outcome = remove(id, as, before);
        if (outcome == Outcome.DELETED) {
            commits.await();
        }
        return outcome;
    }

    private Outcome remove(String id, Principal as, Consumer<Item> before) {
        return locks.holding(id, () -> {
            Optional<Item> there = read(id, as);
            if (there.isEmpty()) {
                return Outcome.ABSENT;
            }
            before.accept(there.get());
            return writer.delete(id) ? Outcome.DELETED : Outcome.ABSENT;
        });
    }

    /** Many writes with one commit at the end. Used by one thread. */
    public final class Bulk {
        private final Principal as;

        private Bulk(Principal as) {
            this.as = as;
        }

        /**
         * Adds or replaces items of different ids; they are encoded together.
         *
         * @return what was done, one a item
         * @throws Denied if an id belongs to an item that the principal may not read; nothing is written then
         */
        public List<Outcome> put(List<Item> items) {
            List<String> ids = items.stream().map(Item::id).toList();
            return locks.holding(ids, () -> {
                List<Outcome> outcomes = new ArrayList<>();
                for (Item item : items) {
                    outcomes.add(outcome(current(item.id(), as), item));
                }
                writer.put(items);
                return outcomes;
            });
        }

        /** Removes an item; see {@link LiveIndex#delete}. */
        public Outcome delete(String id) {
            return remove(id, as, there -> {});
        }

        /** Waits until all of it is durable. */
        public void commit() {
            commits.await();
        }
    }

    /** {@return many writes on behalf of someone} */
    public Bulk bulk(Principal as) {
        return new Bulk(as);
    }

    private static Outcome outcome(Optional<Item> there, Item item) {
        return there.map(was -> was.equals(item) ? Outcome.UNCHANGED : Outcome.REPLACED)
                .orElse(Outcome.CREATED);
    }

    private Optional<Item> current(String id, Principal as) {
        Optional<Item> there = read(id, Principal.system());
        if (there.isPresent()
                && !as.mayRead(there.get().acl(), open.index().settings().aclMode())) {
            throw new Denied("the id '" + id + "' is taken by an item that you may not read; choose another id");
        }
        return there;
    }

    private Optional<Item> read(String id, Principal as) {
        writer.show(id);
        try (IndexSnapshot snapshot = open.index().snapshot(as)) {
            return snapshot.item(id);
        }
    }

    /** {@return its size on the disk} */
    public long bytes() {
        return Scratch.bytes(folder);
    }

    /** {@return commits so far} */
    public long commits() {
        return commits.commits();
    }

    /** Finishes the writes under way, commits and closes. */
    @Override
    public void close() {
        commits.close();
        open.close();
    }
}
