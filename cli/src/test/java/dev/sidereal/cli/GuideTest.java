package dev.sidereal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the guide compile as they stand. */
class GuideTest {
    private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final String HEAD = """
            import dev.sidereal.core.Encoder.Role;
            import dev.sidereal.model.*;
            import dev.sidereal.model.chat.*;
            import dev.sidereal.model.decode.*;
            import dev.sidereal.model.decode.BeamSettings.Normalisation;
            import dev.sidereal.model.decode.cpu.CpuDecoder;
            import dev.sidereal.model.decode.cpu.CpuDecoder.Precision;
            import dev.sidereal.model.decode.torch.*;
            import dev.sidereal.model.tensor.*;
            import java.nio.file.Path;
            import java.util.*;
            """;

    @TempDir
    Path classes;

    @Test
    void everySnippetOfTheGuideToModelsCompiles() throws IOException {
        String guide = Files.readString(Path.of(System.getProperty("sidereal.root"), "docs", "models.md"));
        List<JavaFileObject> sources = new ArrayList<>();
        Matcher snippets = SNIPPET.matcher(guide);
        while (snippets.find()) {
            String name = "Snippet" + sources.size();
            String body =
                    HEAD + "class " + name + " { void run(Path folder) throws Exception {\n" + snippets.group(1) + "}}";
            sources.add(new Source(name, body));
        }
        assertThat(sources).hasSizeGreaterThan(7);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
        boolean compiled =
                compiler.getTask(messages, null, null, options, null, sources).call();
        assertThat(compiled).as(messages.toString()).isTrue();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
