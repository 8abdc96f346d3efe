package dev.sidereal.server.frame;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The description of endpoints for readers: one page of HTML without scripts. Stateless. */
public final class DocsPage {
    private final List<Endpoint> endpoints;

    public DocsPage(List<Endpoint> endpoints) {
        this.endpoints = endpoints;
    }

    /** {@return the page} */
    public String html() {
        Map<String, StringBuilder> groups = new LinkedHashMap<>();
        Map<String, Class<?>> forms = new TreeMap<>();
        for (Endpoint endpoint : endpoints) {
            append(groups.computeIfAbsent(endpoint.group(), g -> new StringBuilder()), endpoint);
            for (Class<?> form : forms(endpoint)) {
                forms.put(form.getSimpleName(), form);
            }
        }
        StringBuilder out = new StringBuilder("""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>API of Sidereal</title>
                <link rel="stylesheet" href="/docs.css">
                </head>
                <body>
                <header><h1>API of Sidereal</h1>
                <p>Every address that this server answers to; <a href="/openapi.json">openapi.json</a> says the same to
                programs, <a href="/">the page</a> uses it.</p></header>
                <main>
                """);
        groups.forEach((group, text) -> out.append("<section><h2>")
                .append(escape(group))
                .append("</h2>\n")
                .append(text)
                .append("</section>\n"));
        out.append("<section><h2>Forms</h2>\n");
        forms.forEach((name, form) -> append(out, name, form));
        return out.append("</section>\n</main>\n</body>\n</html>\n").toString();
    }

    private static void append(StringBuilder out, Endpoint endpoint) {
        out.append("<article><h3><span class=\"method\">")
                .append(endpoint.method())
                .append("</span> <code>")
                .append(escape(endpoint.path()))
                .append("</code></h3>\n<p><strong>")
                .append(escape(endpoint.summary()))
                .append(".</strong> ")
                .append(escape(endpoint.notes()))
                .append(" Role: ")
                .append(endpoint.role().label())
                .append(".</p>\n<dl>\n");
        for (Param param : endpoint.params()) {
            row(
                    out,
                    param.name(),
                    param.what() + " (" + param.in().name().toLowerCase(Locale.ROOT) + ", " + param.type()
                            + (param.required() ? ", required)" : ")"));
        }
        if (endpoint.body() != null) {
            out.append("<dt>Body</dt><dd>").append(media(endpoint.body())).append("</dd>\n");
        }
        for (Endpoint.Answer answer : endpoint.answers()) {
            out.append("<dt>")
                    .append(answer.status())
                    .append("</dt><dd>")
                    .append(escape(answer.what()))
                    .append(answer.content() == null ? "" : ": " + media(answer.content()))
                    .append("</dd>\n");
        }
        out.append("</dl></article>\n");
    }

    private static String media(Endpoint.Media media) {
        String type = "<code>" + escape(media.type()) + "</code>";
        String form = media.schema().getSimpleName();
        return media.schema().isRecord() ? type + " <a href=\"#" + form + "\">" + form + "</a>" : type;
    }

    private static void append(StringBuilder out, String name, Class<?> form) {
        out.append("<article id=\"").append(name).append("\"><h3>").append(name).append("</h3>\n<dl>\n");
        for (RecordComponent component : form.getRecordComponents()) {
            Doc doc = component.getAnnotation(Doc.class);
            row(
                    out,
                    Forms.name(component),
                    type(component.getGenericType())
                            + (doc == null ? "" : ": " + doc.value())
                            + (Forms.isOptional(component) ? " (may be left out)" : ""));
        }
        out.append("</dl></article>\n");
    }

    private static void row(StringBuilder out, String name, String text) {
        out.append("<dt><code>")
                .append(escape(name))
                .append("</code></dt><dd>")
                .append(escape(text))
                .append("</dd>\n");
    }

    private static String type(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return arguments.length == 1 ? "array of " + type(arguments[0]) : "object of " + type(arguments[1]);
        }
        return type instanceof Class<?> form && form.isRecord() ? form.getSimpleName() : Forms.type(type);
    }

    private static Set<Class<?>> forms(Endpoint endpoint) {
        Set<Class<?>> found = new LinkedHashSet<>();
        if (endpoint.body() != null) {
            collect(endpoint.body().schema(), found);
        }
        endpoint.answers().stream()
                .filter(answer -> answer.content() != null)
                .forEach(answer -> collect(answer.content().schema(), found));
        collect(Problem.class, found);
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, found);
            }
        } else if (type instanceof Class<?> form && form.isRecord() && found.add(form)) {
            for (RecordComponent component : form.getRecordComponents()) {
                collect(component.getGenericType(), found);
            }
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
