package dev.sidereal.model.weights;

/** Type of a stored number; names are those of safetensors. */
public enum StoredType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    StoredType(int bytes) {
        this.bytes = bytes;
    }

    /** {@return how many bytes one number takes} */
    public int bytes() {
        return bytes;
    }
}
