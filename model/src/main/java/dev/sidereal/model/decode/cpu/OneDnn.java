package dev.sidereal.model.decode.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sidereal.core.error.Unavailable;
import dev.sidereal.model.NativeFiles;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The functions of oneDNN's C interface that matrix products need, called through the foreign function API. Handles
 * are plain addresses. Thread-safe; a primitive may run in several threads at a time since each caller brings its own
 * scratchpad. Functions throw {@link IllegalStateException} with oneDNN's status where it refuses.
 *
 * <p>Source: oneDNN 3.11, {@code dnnl.h}.
 */
@SuppressWarnings("restricted") // native access is what it is for
final class OneDnn {
    static final int F32 = 3;
    static final int BF16 = 2;
    static final int S8 = 5;

    static final int ARG_SRC = 1;
    static final int ARG_WEIGHTS = 33;
    static final int ARG_DST = 17;
    static final int ARG_SCRATCHPAD = 80;

    static final int QUERY_WEIGHTS = 131;
    static final int QUERY_SCRATCHPAD = 136;

    private static final int CPU = 1;
    private static final int IN_ORDER = 1;
    private static final int SCRATCHPAD_USER = 1;
    private static final int FORMAT_ANY = 1;
    private static final int MAX_DIMS = 12;

    /** {@code dnnl_cpu_isa_avx512_core_bf16}; AMX includes it. */
    private static final int AVX512_BF16 = 0xe7;

    private static volatile @Nullable OneDnn one;

    private final SymbolLookup library;
    private final MethodHandle streamCreate;
    private final MethodHandle streamDestroy;
    private final MethodHandle descByTag;
    private final MethodHandle descByStrides;
    private final MethodHandle descClone;
    private final MethodHandle descDestroy;
    private final MethodHandle descSize;
    private final MethodHandle memoryCreate;
    private final MethodHandle memorySet;
    private final MethodHandle memoryDestroy;
    private final MethodHandle postOpsCreate;
    private final MethodHandle postOpsSum;
    private final MethodHandle postOpsDestroy;
    private final MethodHandle attrCreate;
    private final MethodHandle attrDestroy;
    private final MethodHandle attrPostOps;
    private final MethodHandle attrScratchpad;
    private final MethodHandle matmulDesc;
    private final MethodHandle reorderDesc;
    private final MethodHandle queryDesc;
    private final MethodHandle descFree;
    private final MethodHandle primitiveCreate;
    private final MethodHandle primitiveExecute;
    private final MethodHandle primitiveDestroy;
    private final MethodHandle effectiveIsa;
    private final Optional<MethodHandle> setThreads;
    private final MemorySegment engine;

    private OneDnn() {
        // Lives as long as the process: libraries are never unloaded.
        library = SymbolLookup.libraryLookup(unpacked(), Arena.global());
        streamCreate = status("dnnl_stream_create", ADDRESS, ADDRESS, JAVA_INT);
        streamDestroy = status("dnnl_stream_destroy", ADDRESS);
        descByTag = status("dnnl_memory_desc_create_with_tag", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
        descByStrides = status("dnnl_memory_desc_create_with_strides", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
        descClone = status("dnnl_memory_desc_clone", ADDRESS, ADDRESS);
        descDestroy = status("dnnl_memory_desc_destroy", ADDRESS);
        descSize = function("dnnl_memory_desc_get_size", JAVA_LONG, ADDRESS);
        memoryCreate = status("dnnl_memory_create", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        memorySet = status("dnnl_memory_set_data_handle", ADDRESS, ADDRESS);
        memoryDestroy = status("dnnl_memory_destroy", ADDRESS);
        postOpsCreate = status("dnnl_post_ops_create", ADDRESS);
        postOpsSum = status("dnnl_post_ops_append_sum", ADDRESS, JAVA_FLOAT, JAVA_INT, JAVA_INT);
        postOpsDestroy = status("dnnl_post_ops_destroy", ADDRESS);
        attrDestroy = status("dnnl_primitive_attr_destroy", ADDRESS);
        attrCreate = status("dnnl_primitive_attr_create", ADDRESS);
        attrPostOps = status("dnnl_primitive_attr_set_post_ops", ADDRESS, ADDRESS);
        attrScratchpad = status("dnnl_primitive_attr_set_scratchpad_mode", ADDRESS, JAVA_INT);
        matmulDesc = status(
                "dnnl_matmul_primitive_desc_create", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        reorderDesc =
                status("dnnl_reorder_primitive_desc_create", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        queryDesc = function("dnnl_primitive_desc_query_md", ADDRESS, ADDRESS, JAVA_INT, JAVA_INT);
        descFree = status("dnnl_primitive_desc_destroy", ADDRESS);
        primitiveCreate = status("dnnl_primitive_create", ADDRESS, ADDRESS);
        primitiveExecute = status("dnnl_primitive_execute", ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
        primitiveDestroy = status("dnnl_primitive_destroy", ADDRESS);
        effectiveIsa = function("dnnl_get_effective_cpu_isa", JAVA_INT);
        setThreads = library.find("omp_set_num_threads")
                .map(f -> Linker.nativeLinker().downcallHandle(f, FunctionDescriptor.ofVoid(JAVA_INT)));
        MethodHandle engineCreate = status("dnnl_engine_create", ADDRESS, JAVA_INT, JAVA_LONG);
        engine = created("engine", out -> (int) engineCreate.invokeExact(out, CPU, 0L));
    }

    /**
     * {@return the library, loaded at the first call}
     *
     * @throws Unavailable if it cannot be unpacked or loaded
     */
    static OneDnn get() {
        OneDnn found = one;
        return found == null ? load() : found;
    }

    private static synchronized OneDnn load() {
        OneDnn found = one;
        if (found == null) {
            try {
                found = new OneDnn();
            } catch (IllegalArgumentException | NoSuchElementException e) {
                throw new Unavailable("oneDNN cannot be loaded: " + e.getMessage() + ".", e);
            }
            one = found;
        }
        return found;
    }

    /** Sets how many threads the calls of the current thread may use. */
    void threads(int count) {
        setThreads.ifPresent(f -> run(() -> {
            f.invokeExact(count);
            return 0;
        }));
    }

    /** {@return whether this CPU multiplies bfloat16 as such, rather than by way of floats} */
    boolean multipliesBf16() {
        return ((int) call(() -> (int) effectiveIsa.invokeExact()) & AVX512_BF16) == AVX512_BF16;
    }

    MemorySegment stream() {
        return created("stream", out -> (int) streamCreate.invokeExact(out, engine, IN_ORDER));
    }

    void closeStream(MemorySegment stream) {
        check("closing a stream", () -> (int) streamDestroy.invokeExact(stream));
    }

    /** {@return a description of an array whose layout oneDNN chooses} */
    MemorySegment anyLayout(int type, long... dims) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment sizes = longs(scratch, dims);
            return created("layout", out -> (int) descByTag.invokeExact(out, dims.length, sizes, type, FORMAT_ANY));
        }
    }

    /** {@return a description of an array laid out by strides, in numbers} */
    MemorySegment strided(int type, long[] dims, long[] strides) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment sizes = longs(scratch, dims);
            MemorySegment steps = longs(scratch, strides);
            return created("layout", out -> (int) descByStrides.invokeExact(out, dims.length, sizes, type, steps));
        }
    }

    void closeLayout(MemorySegment description) {
        check("closing a layout", () -> (int) descDestroy.invokeExact(description));
    }

    /** {@return a description that is let go with {@code arena}} */
    MemorySegment kept(MemorySegment description, Arena arena) {
        return description.reinterpret(arena, this::closeLayout);
    }

    /** {@return bytes an array of that description takes} */
    long size(MemorySegment description) {
        return (long) call(() -> (long) descSize.invokeExact(description));
    }

    /** {@return an array object over memory at {@code address}} */
    MemorySegment memory(MemorySegment description, MemorySegment address) {
        return created("memory", out -> (int) memoryCreate.invokeExact(out, description, engine, address));
    }

    void point(MemorySegment memory, MemorySegment address) {
        check("pointing at memory", () -> (int) memorySet.invokeExact(memory, address));
    }

    void closeMemory(MemorySegment memory) {
        check("closing memory", () -> (int) memoryDestroy.invokeExact(memory));
    }

    /** {@return a description of {@code dst (+)= src x weights}} */
    MemorySegment matmul(MemorySegment src, MemorySegment weights, MemorySegment dst, boolean accumulate) {
        MemorySegment attributes = created("attributes", out -> (int) attrCreate.invokeExact(out));
        check("scratchpads", () -> (int) attrScratchpad.invokeExact(attributes, SCRATCHPAD_USER));
        if (accumulate) {
            MemorySegment ops = created("post-ops", out -> (int) postOpsCreate.invokeExact(out));
            check("a sum", () -> (int) postOpsSum.invokeExact(ops, 1f, 0, 0));
            check("post-ops", () -> (int) attrPostOps.invokeExact(attributes, ops));
            check("closing post-ops", () -> (int) postOpsDestroy.invokeExact(ops));
        }
        MemorySegment operation = created("matrix product", out ->
                (int) matmulDesc.invokeExact(out, engine, src, weights, MemorySegment.NULL, dst, attributes));
        check("closing attributes", () -> (int) attrDestroy.invokeExact(attributes));
        return operation;
    }

    /** {@return a description of a copy from one layout or type to another} */
    MemorySegment reorder(MemorySegment from, MemorySegment to) {
        return created(
                "reorder", out -> (int) reorderDesc.invokeExact(out, from, engine, to, engine, MemorySegment.NULL));
    }

    /** {@return a copy of a description that an operation chose for one of its arrays} */
    MemorySegment chosen(MemorySegment operation, int what) {
        MemorySegment own = (MemorySegment) call(() -> (MemorySegment) queryDesc.invokeExact(operation, what, 0));
        return created("layout", out -> (int) descClone.invokeExact(out, own));
    }

    void closeOperation(MemorySegment operation) {
        check("closing a description", () -> (int) descFree.invokeExact(operation));
    }

    /** {@return the operation ready to run; its description is let go} */
    MemorySegment primitive(MemorySegment operation) {
        MemorySegment primitive = created("primitive", out -> (int) primitiveCreate.invokeExact(out, operation));
        closeOperation(operation);
        return primitive;
    }

    /** Runs a primitive; {@code arguments} as made by {@link #arguments}. */
    void execute(MemorySegment primitive, MemorySegment stream, int count, MemorySegment arguments) {
        check("running", () -> (int) primitiveExecute.invokeExact(primitive, stream, count, arguments));
    }

    void closePrimitive(MemorySegment primitive) {
        check("closing a primitive", () -> (int) primitiveDestroy.invokeExact(primitive));
    }

    /** {@return the argument list of a call: pairs of an argument's number and its memory object} */
    static MemorySegment arguments(Arena arena, int[] numbers, MemorySegment... memories) {
        MemorySegment list = arena.allocate(16L * numbers.length, 8);
        for (int i = 0; i < numbers.length; i++) {
            list.set(JAVA_INT, 16L * i, numbers[i]);
            list.set(ADDRESS, 16L * i + 8, memories[i]);
        }
        return list;
    }

    private static Path unpacked() {
        // Its OpenMP lies beside it and is found there.
        Path folder = NativeFiles.unpack("dnnl").getFirst();
        return Stream.of("libdnnl.so.3", "libdnnl.3.dylib", "dnnl.dll")
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new Unavailable(
                        "There is no oneDNN 3 in " + folder + "; remove that folder, so that it is unpacked anew."));
    }

    private MethodHandle status(String name, MemoryLayout... arguments) {
        return function(name, JAVA_INT, arguments);
    }

    private MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    private static MemorySegment longs(Arena arena, long[] values) {
        // The library reads twelve of them whatever the number of dimensions.
        MemorySegment segment = arena.allocate(8L * MAX_DIMS, 8);
        for (int i = 0; i < values.length; i++) {
            segment.set(JAVA_LONG, 8L * i, values[i]);
        }
        return segment;
    }

    private static MemorySegment created(String what, Creation creation) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment out = scratch.allocate(ADDRESS);
            check("a " + what, () -> creation.into(out));
            return out.get(ADDRESS, 0);
        }
    }

    private static void check(String what, Call status) {
        int code = (int) call(status);
        if (code != 0) {
            throw new IllegalStateException("oneDNN refuses " + what + " with status " + code);
        }
    }

    private static void run(Call call) {
        call(call);
    }

    private static Object call(Call call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of oneDNN failed", e);
        }
    }

    private interface Call {
        Object run() throws Throwable;
    }

    private interface Creation {
        int into(MemorySegment out) throws Throwable;
    }
}
