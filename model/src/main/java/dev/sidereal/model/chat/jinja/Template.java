package dev.sidereal.model.chat.jinja;

import dev.sidereal.core.error.BadInput;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A template in the part of Jinja that chat templates use, with the settings of transformers ({@code trim_blocks},
 * {@code lstrip_blocks}, loop controls, {@code raise_exception}, {@code strftime_now}, {@code tojson} with Python's
 * spaces). It sees only what it is given and cannot reach into Java; steps, depth and length are bounded. Immutable and
 * thread-safe. Source: jinja.palletsprojects.com/en/stable/templates; includes, inheritance and call blocks are left
 * out.
 */
public final class Template {
    private static final int LONGEST_RANGE = 100_000;

    private final List<Statement> statements;
    private final String from;
    private final Clock clock;

    private Template(List<Statement> statements, String from, Clock clock) {
        this.statements = statements;
        this.from = from;
        this.clock = clock;
    }

    /**
     * Reads a template.
     *
     * @param from where it comes from, for messages
     * @param clock what {@code strftime_now} reads
     * @throws BadInput naming the line that cannot be read
     */
    public static Template parse(String source, String from, Clock clock) {
        try {
            return new Template(StatementParser.parse(source), from, clock);
        } catch (TemplateError e) {
            throw failure(from, e);
        } catch (StackOverflowError e) {
            throw failure(from, new TemplateError("it is nested too deep to be read"));
        }
    }

    /**
     * {@return the text of the template}
     *
     * @param variables texts, numbers, truth values, lists, maps with text keys, or null for none
     * @throws BadInput naming the line that fails, or with the message of the template's {@code raise_exception}
     */
    public String render(Map<String, ?> variables) {
        try {
            Map<String, Object> all = new HashMap<>(functions());
            variables.forEach((name, value) -> all.put(name, Values.of(value)));
            return new Rendering(all).run(statements);
        } catch (TemplateError e) {
            throw failure(from, e);
        } catch (StackOverflowError e) {
            throw failure(from, new TemplateError("it is nested too deep to be run"));
        }
    }

    private static BadInput failure(String from, TemplateError e) {
        return new BadInput("The chat template of " + from + ", " + e.getMessage() + ".", e);
    }

    private Map<String, Object> functions() {
        return Map.of(
                "range", (Callable) (values, named) -> range(values),
                "namespace", (Callable) (values, named) -> Namespace.of(named),
                "dict", (Callable) (values, named) -> new HashMap<Object, Object>(named),
                "raise_exception",
                        (Callable) (values, named) -> {
                            throw new TemplateError("refuses the messages: " + Values.text(values.getFirst()));
                        },
                "strftime_now", (Callable) (values, named) -> now(Values.string(values.getFirst())));
    }

    private static List<Object> range(List<Object> values) {
        int start = values.size() > 1 ? Values.index(values.get(0)) : 0;
        int end = Values.index(values.get(values.size() > 1 ? 1 : 0));
        int step = values.size() > 2 ? Values.index(values.get(2)) : 1;
        if (step == 0) {
            throw new TemplateError("a range has the step 0");
        }
        List<Object> range = new ArrayList<>();
        for (long i = start; step > 0 ? i < end : i > end; i += step) {
            if (range.size() == LONGEST_RANGE) {
                throw new TemplateError("a range is longer than " + LONGEST_RANGE);
            }
            range.add(i);
        }
        return range;
    }

    /** Dates as C writes them, in English. */
    private String now(String format) {
        LocalDateTime now = LocalDateTime.now(clock);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            char part = format.charAt(++i);
            String pattern =
                    switch (part) {
                        case 'd' -> "dd";
                        case 'b' -> "MMM";
                        case 'B' -> "MMMM";
                        case 'm' -> "MM";
                        case 'Y' -> "yyyy";
                        case 'y' -> "yy";
                        case 'H' -> "HH";
                        case 'I' -> "hh";
                        case 'M' -> "mm";
                        case 'S' -> "ss";
                        case 'p' -> "a";
                        case 'a' -> "EEE";
                        case 'A' -> "EEEE";
                        case 'j' -> "DDD";
                        case '%' -> "'%'";
                        default -> throw new TemplateError("the date format %" + part + " is not supported");
                    };
            out.append(now.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)));
        }
        return out.toString();
    }
}
