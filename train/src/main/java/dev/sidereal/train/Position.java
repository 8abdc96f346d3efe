package dev.sidereal.train;

import dev.sidereal.train.data.Batch;
import dev.sidereal.train.data.Schedule;
import java.util.List;

/** The place in the stream of batches, epoch after epoch. */
final class Position {
    private final Schedule schedule;
    private int epoch;
    private List<Batch> batches;
    private int next;

    /** Stands after so many batches. */
    Position(Schedule schedule, long batches) {
        this.schedule = schedule;
        this.batches = schedule.epoch(0);
        for (long left = batches; left > 0; left -= next) {
            turn();
            next = (int) Math.min(left, this.batches.size());
        }
    }

    Batch next() {
        turn();
        return batches.get(next++);
    }

    private void turn() {
        if (next == batches.size()) {
            epoch++;
            batches = schedule.epoch(epoch);
            next = 0;
        }
    }
}
