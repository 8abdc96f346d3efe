package dev.sidereal.train.data;

import java.util.List;

/** One group of all. */
enum Mixed implements BatchComposer {
    ALL;

    @Override
    public List<List<Example>> groups(List<Example> shuffled) {
        return List.of(shuffled);
    }

    @Override
    public String toString() {
        return "";
    }
}
