package dev.sidereal.core.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Kernels in plain Java, for JVMs without the vector module and as the twin that {@link SimdKernels} is tested on. */
final class ScalarKernels implements VectorKernels {
    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public float dot(float[] a, float[] b, int bAt) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int i = 0;
        for (; i < a.length - 3; i += 4) {
            sum0 += a[i] * b[bAt + i];
            sum1 += a[i + 1] * b[bAt + i + 1];
            sum2 += a[i + 2] * b[bAt + i + 2];
            sum3 += a[i + 3] * b[bAt + i + 3];
        }
        for (; i < a.length; i++) {
            sum0 += a[i] * b[bAt + i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    @Override
    public float dot(float[] a, MemorySegment b, long bAt) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int i = 0;
        for (; i < a.length - 3; i += 4) {
            long at = bAt + (long) i * Float.BYTES;
            sum0 += a[i] * b.get(FLOAT, at);
            sum1 += a[i + 1] * b.get(FLOAT, at + Float.BYTES);
            sum2 += a[i + 2] * b.get(FLOAT, at + 2 * Float.BYTES);
            sum3 += a[i + 3] * b.get(FLOAT, at + 3 * Float.BYTES);
        }
        for (; i < a.length; i++) {
            sum0 += a[i] * b.get(FLOAT, bAt + (long) i * Float.BYTES);
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    @Override
    public int dot(byte[] a, byte[] b, int bAt) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[bAt + i];
        }
        return sum;
    }

    @Override
    public int dot(byte[] a, MemorySegment b, long bAt) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b.get(ValueLayout.JAVA_BYTE, bAt + i);
        }
        return sum;
    }

    @Override
    public float squaredDistance(float[] a, float[] b) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int i = 0;
        for (; i < a.length - 3; i += 4) {
            float d0 = a[i] - b[i];
            float d1 = a[i + 1] - b[i + 1];
            float d2 = a[i + 2] - b[i + 2];
            float d3 = a[i + 3] - b[i + 3];
            sum0 += d0 * d0;
            sum1 += d1 * d1;
            sum2 += d2 * d2;
            sum3 += d3 * d3;
        }
        for (; i < a.length; i++) {
            float d = a[i] - b[i];
            sum0 += d * d;
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    @Override
    public int firstNonFinite(float[] a) {
        for (int i = 0; i < a.length; i++) {
            if (!Float.isFinite(a[i])) {
                return i;
            }
        }
        return -1;
    }
}
