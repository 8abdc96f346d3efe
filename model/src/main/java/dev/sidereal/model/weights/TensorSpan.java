package dev.sidereal.model.weights;

import java.util.List;

/**
 * Where a tensor lies in the data part of a safetensors file.
 *
 * @param begin its first byte, from the start of the data part
 * @param end the byte after its last
 */
record TensorSpan(String name, StoredType type, List<Long> shape, long begin, long end) {}
