package dev.sidereal.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignaturesTest {
    @Test
    void nothingOfTheNativeLibrariesShowsInPublicSignatures() throws Exception {
        List<String> leaks = new ArrayList<>();
        List<Class<?>> types = publicTypes();
        assertThat(types).contains(Tensor.class, Parameters.class, Torch.class);
        for (Class<?> type : types) {
            Stream.of(type.getMethods())
                    .filter(SignaturesTest::open)
                    .map(Method::toGenericString)
                    .forEach(leaks::add);
            Stream.of(type.getConstructors()).map(Constructor::toGenericString).forEach(leaks::add);
            Stream.of(type.getFields()).map(Field::toGenericString).forEach(leaks::add);
        }
        assertThat(leaks).hasSizeGreaterThan(100).noneMatch(signature -> signature.contains("org.bytedeco"));
    }

    private static boolean open(Member member) {
        return Modifier.isPublic(member.getModifiers());
    }

    private static List<Class<?>> publicTypes() throws Exception {
        Path root = Path.of(
                Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString();
                if (!name.endsWith("package-info.class")) {
                    types.add(type(name.substring(0, name.length() - ".class".length())));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the compiled classes cannot be listed", e);
        }
        types.removeIf(type -> !Modifier.isPublic(type.getModifiers()));
        return types;
    }

    private static Class<?> type(String path) throws ClassNotFoundException {
        return Class.forName(path.replace('/', '.').replace('\\', '.'), false, Tensor.class.getClassLoader());
    }
}
