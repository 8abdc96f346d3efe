package dev.sidereal.train;

import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.data.Batch;
import dev.sidereal.train.loss.Embedded;
import dev.sidereal.train.loss.Embedded.Role;
import dev.sidereal.train.loss.Loss;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The parts of all courses as the trainer calls them. */
final class Parts {
    private final List<Course> courses;

    Parts(List<Course> courses) {
        this.courses = courses;
    }

    private void each(Consumer<LoopPart> call) {
        courses.forEach(course -> course.parts().forEach(call));
    }

    void restore(Path folder, long step) {
        each(part -> part.restore(folder, step));
    }

    void stepped(long step, Embedder embedder) {
        each(part -> part.stepped(step, embedder));
    }

    void save(Path folder, long step) {
        each(part -> part.save(folder, step));
    }

    void finish() {
        each(LoopPart::finish);
    }

    static Batch rows(Course course, Batch batch, long step) {
        Batch changed = batch;
        for (LoopPart part : course.parts()) {
            changed = part.rows(changed, step);
        }
        return changed;
    }

    /** {@return the course's loss of vectors to which the parts have added what they add} */
    static Loss loss(Course course, Batch batch, long step) {
        return course.parts().isEmpty() ? course.loss() : new WithParts(course, batch, step);
    }

    /** A loss of one batch. */
    private static final class WithParts implements Loss {
        private final Course course;
        private final Batch batch;
        private final long step;
        private @Nullable Embedded changed;

        WithParts(Course course, Batch batch, long step) {
            this.course = course;
            this.batch = batch;
            this.step = step;
        }

        @Override
        public Tensor of(Embedded embedded) {
            Embedded more = embedded;
            for (LoopPart part : course.parts()) {
                more = part.vectors(batch, more, step);
            }
            changed = more;
            return course.loss().of(more);
        }

        @Override
        public OptionalDouble idleRows(Embedded embedded) {
            return course.loss().idleRows(Objects.requireNonNull(changed));
        }

        @Override
        public boolean inBatch() {
            return course.loss().inBatch();
        }

        @Override
        public Set<Role> needs() {
            return course.loss().needs();
        }
    }
}
