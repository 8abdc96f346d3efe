package dev.sidereal.model.cache;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Bytes of a segment file, little-endian: a header of 16 (magic, dims, CRC-32C of both), then records of one size (key
 * 16, vector 4 x dims, 1 if the text was cut, CRC-32C of all that).
 */
record RecordLayout(int dims) {
    static final int HEADER = 16;
    private static final long MAGIC = 0x31304345_56444953L; // "SIDVEC01"

    int size() {
        return Key.BYTES + Float.BYTES * dims + Integer.BYTES + Integer.BYTES;
    }

    byte[] header() {
        byte[] header = new byte[HEADER];
        ByteBuffer bytes = buffer(header).putLong(MAGIC).putInt(dims);
        bytes.putInt(checksum(header, 0, HEADER - Integer.BYTES));
        return header;
    }

    void write(Key key, Entry entry, byte[] to, int at) {
        ByteBuffer bytes = buffer(to).position(at).putLong(key.high()).putLong(key.low());
        for (float value : entry.vector()) {
            bytes.putFloat(value);
        }
        bytes.putInt(entry.cut() ? 1 : 0);
        bytes.putInt(checksum(to, at, size() - Integer.BYTES));
    }

    /** {@return the record, or nothing if its checksum or key is another} */
    Optional<Entry> read(Key key, byte[] record) {
        ByteBuffer bytes = buffer(record);
        if (!intact(record) || bytes.getLong() != key.high() || bytes.getLong() != key.low()) {
            return Optional.empty();
        }
        float[] vector = new float[dims];
        for (int d = 0; d < dims; d++) {
            vector[d] = bytes.getFloat();
        }
        return Optional.of(new Entry(vector, bytes.getInt() != 0));
    }

    boolean intact(byte[] record) {
        int end = size() - Integer.BYTES;
        return buffer(record).getInt(end) == checksum(record, 0, end);
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /**
     * What is kept for a text.
     *
     * @param cut whether the text was over the encoder's limit
     */
    record Entry(float[] vector, boolean cut) {}
}
