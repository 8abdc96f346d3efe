package dev.sidereal.core.format;

/** A fast 64-bit hash of a text: FNV-1a over its chars, then the finaliser of MurmurHash3. Not for adversaries. */
public final class TextHash {
    private TextHash() {}

    /** {@return the hash, the same in every run} */
    public static long of(String text) {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 0x100000001b3L;
        }
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
