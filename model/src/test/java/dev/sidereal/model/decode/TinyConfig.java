package dev.sidereal.model.decode;

/** Small decoder shapes that differ in everything a runtime can get wrong. */
public enum TinyConfig {
    /** As many key heads as query heads, own head, plain rotary positions. */
    LLAMA,
    /** Grouped queries, tied head, frequencies kept, blended and divided. */
    LLAMA_SCALED,
    /** Norms of heads, queries wider than the stream, odd intermediate width. */
    QWEN3,
    /** Nothing is a multiple of four, one key head for all queries. */
    QWEN3_ODD;

    public DecoderConfig config() {
        return switch (this) {
            case LLAMA -> new DecoderConfig(32, 2, 4, 4, 8, 48, 61, 64, 10_000, RopeScaling.NONE, 1e-5, false, false);
            case LLAMA_SCALED ->
                new DecoderConfig(32, 2, 4, 2, 8, 40, 61, 96, 500_000, new RopeScaling(8, 1, 4, 16), 1e-5, false, true);
            case QWEN3 -> new DecoderConfig(24, 2, 4, 2, 16, 37, 53, 64, 1_000_000, RopeScaling.NONE, 1e-6, true, true);
            case QWEN3_ODD ->
                new DecoderConfig(21, 3, 3, 1, 6, 19, 47, 64, 1_000_000, RopeScaling.NONE, 1e-6, true, false);
        };
    }
}
