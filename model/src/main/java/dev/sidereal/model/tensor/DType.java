package dev.sidereal.model.tensor;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.weights.StoredType;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Type of a tensor's numbers. */
public enum DType {
    F64,
    F32,
    F16,
    BF16,
    I64,
    I32,
    I16,
    I8,
    U8,
    BOOL;

    /** {@return how many bytes one number takes} */
    public int bytes() {
        return stored().bytes();
    }

    /** {@return whether it holds fractions, so that gradients can flow} */
    public boolean floating() {
        return switch (this) {
            case F64, F32, F16, BF16 -> true;
            case I64, I32, I16, I8, U8, BOOL -> false;
        };
    }

    /** {@return the type of the same numbers on disk} */
    public StoredType stored() {
        return StoredType.valueOf(name());
    }

    /** {@return the type of the same numbers in a tensor} */
    public static DType of(StoredType type) {
        return valueOf(type.name());
    }

    /**
     * {@return the type as users write it: {@code f32}, {@code bf16}, {@code f16}, {@code f64}, or with the names of
     * Hugging Face such as {@code bfloat16}}
     *
     * @throws BadConfig if there is none
     */
    public static DType parse(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "float32", "float" -> F32;
            case "bfloat16" -> BF16;
            case "float16", "half" -> F16;
            case "float64", "double" -> F64;
            default ->
                Arrays.stream(values())
                        .filter(t -> t.name().toLowerCase(Locale.ROOT).equals(lower))
                        .findFirst()
                        .orElseThrow(() -> new BadConfig(
                                "There is no number type \"" + name + "\"; expected one of f32, bf16, f16, f64."));
        };
    }

    ScalarType torch() {
        return switch (this) {
            case F64 -> ScalarType.Double;
            case F32 -> ScalarType.Float;
            case F16 -> ScalarType.Half;
            case BF16 -> ScalarType.BFloat16;
            case I64 -> ScalarType.Long;
            case I32 -> ScalarType.Int;
            case I16 -> ScalarType.Short;
            case I8 -> ScalarType.Char;
            case U8 -> ScalarType.Byte;
            case BOOL -> ScalarType.Bool;
        };
    }

    static DType of(ScalarType type) {
        return switch (type.intern()) {
            case Double -> F64;
            case Float -> F32;
            case Half -> F16;
            case BFloat16 -> BF16;
            case Long -> I64;
            case Int -> I32;
            case Short -> I16;
            case Char -> I8;
            case Byte -> U8;
            case Bool -> BOOL;
            default -> throw new IllegalStateException("a tensor of a type that is not wrapped: " + type);
        };
    }
}
