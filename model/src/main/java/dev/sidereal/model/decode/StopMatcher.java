package dev.sidereal.model.decode;

import java.util.List;

/** Watches a growing text for stop sequences and holds back what may become one. Not thread-safe. */
final class StopMatcher {
    private final List<String> stops;
    private String held = "";
    private boolean stopped;

    StopMatcher(List<String> stops) {
        this.stops = stops;
    }

    /** {@return the text that is certain to come before any stop sequence} */
    String add(String piece) {
        String text = held + piece;
        int found = stops.stream()
                .mapToInt(text::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
        if (found >= 0) {
            stopped = true;
            held = "";
            return text.substring(0, found);
        }
        int from = firstPartial(text);
        held = text.substring(from);
        return text.substring(0, from);
    }

    /** {@return whether a stop sequence has come} */
    boolean stopped() {
        return stopped;
    }

    /** {@return what was held back and has not become a stop sequence} */
    String finish() {
        String rest = held;
        held = "";
        return rest;
    }

    /** {@return where the end of the text begins to look like a stop sequence} */
    private int firstPartial(String text) {
        int longest = stops.stream().mapToInt(String::length).max().orElse(1) - 1;
        for (int from = Math.max(0, text.length() - longest); from < text.length(); from++) {
            String end = text.substring(from);
            if (stops.stream().anyMatch(stop -> stop.startsWith(end))) {
                return from;
            }
        }
        return text.length();
    }
}
