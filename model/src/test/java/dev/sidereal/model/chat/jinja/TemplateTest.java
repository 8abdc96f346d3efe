package dev.sidereal.model.chat.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class TemplateTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-03-07T14:05:09Z"), ZoneOffset.UTC);

    private record Golden(Map<String, Object> variables, List<Answer> cases) {}

    private record Answer(String template, String expected) {}

    /** The answers are Jinja2's: cases.py beside them. */
    private static Golden golden() throws IOException {
        try (InputStream in = TemplateTest.class.getResourceAsStream("cases.json")) {
            return JsonMapper.shared().readValue(Objects.requireNonNull(in), new TypeReference<Golden>() {});
        }
    }

    @TestFactory
    Stream<DynamicTest> aTemplateGivesWhatJinjaGives() throws IOException {
        Golden golden = golden();
        return golden.cases().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.template(),
                        () -> assertThat(Template.parse(one.template(), "test", CLOCK)
                                        .render(golden.variables()))
                                .isEqualTo(one.expected())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {{ a                                 | line 1: a tag does not end with }}
            {% if a %}                           | line 1: a tag does not end, expected one of [elif, else, endif], got END
            {% endif %}                          | line 1: the tag "endif" is not supported
            {% include 'x' %}                    | line 1: the tag "include" is not supported
            {{ 1 + }}                            | line 1: expected a value, got CLOSE_OUTPUT
            {{ a b }}                            | line 1: expected CLOSE_OUTPUT, got "b"
            {{ 'a }}                             | line 1: a text in quotes does not end
            {{ a ? b }}                          | line 1: the sign ? is not known
            {{ 99999999999999999999 }}           | line 1: the number 99999999999999999999 is too large
            {{ a.b.c }}                          | line 1: nothing has no item "b"
            {{ 1 + 'a' }}                        | line 1: a whole number + a text cannot be computed
            {{ 1 / 0 }}                          | line 1: a number is divided by 0
            {{ x.foo() }}                        | line 1: "x.foo" is nothing, not a function
            {{ x.getClass() }}                   | line 1: "x.getClass" is nothing, not a function
            {{ 'x'.replace('a') }}               | line 1: a method needs 2 arguments, got 1
            {{ 'x' is eq() }}                    | line 1: a function, filter or test lacks an argument
            {{ missing() }}                      | line 1: "missing" is nothing, not a function
            {{ 'x' is strange }}                 | line 1: the test "strange" is not supported
            {% set x.y = 1 %}                    | line 1: "x" is no namespace, its "y" cannot be set
            {{ range(1000000) }}                 | line 1: a range is longer than 100000
            {{ raise_exception('no system') }}   | line 1: refuses the messages: no system
            """)
    void whatCannotBeDoneIsNamedWithItsLine(String template, String message) {
        assertThatThrownBy(() -> Template.parse(template, "a model", CLOCK).render(Map.of("x", "text")))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("The chat template of a model, " + message);
    }

    @Test
    void theLineIsThatOfTheFailure() {
        assertThatThrownBy(() -> Template.parse("a\n{# c #}\n\n{{ x | nothing }}", "a model", CLOCK)
                        .render(Map.of()))
                .hasMessage("The chat template of a model, line 4: the filter \"nothing\" is not supported.");
    }

    @Test
    void aHostileTemplateEnds() {
        String loops = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}";
        assertThatThrownBy(() -> render(loops)).hasMessageContaining("does more than 5000000 steps");
        assertThatThrownBy(() -> render("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"))
                .hasMessageContaining("the macro \"m\" calls itself more than 100 deep");
        assertThatThrownBy(() -> render("{{ " + "(".repeat(9_999) + 1 + ")".repeat(9_999) + "}}"))
                .hasMessageContaining("more than 200 deep");
        assertThatThrownBy(() -> render("{{ " + "not ".repeat(99_999) + "x }}"))
                .hasMessage("The chat template of test, it is nested too deep to be read.");
        assertThatThrownBy(() -> render("{{ 1" + " + 1".repeat(99_999) + "}}"))
                .hasMessage("The chat template of test, it is nested too deep to be run.");
        assertThatThrownBy(() -> render("{% if x %}".repeat(100_000))).hasMessageContaining("more than 100 deep");
        assertThatThrownBy(() -> render("{% set s = 'x' %}{% for i in range(40) %}{% set s = s %}{% endfor %}"
                        + "{% set ns = namespace(s='xxxxxxxx') %}{% for i in range(40) %}"
                        + "{% set ns.s = ns.s + ns.s %}{% endfor %}"))
                .hasMessageContaining("grows beyond");
        assertThatThrownBy(() -> render("{% set s = '" + "x".repeat(99_999) + "' %}{{ s | replace('x', s) }}"))
                .hasMessageContaining("grows beyond");
    }

    @Test
    void randomDamageGivesASentenceOrAText() throws IOException {
        Golden golden = golden();
        Random random = new Random(3);
        String signs = "{}%-#|.()[]'\" \nif";
        for (int round = 0; round < 3000; round++) {
            String template =
                    golden.cases().get(random.nextInt(golden.cases().size())).template();
            StringBuilder damaged = new StringBuilder(template);
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                damaged.setCharAt(random.nextInt(damaged.length()), signs.charAt(random.nextInt(signs.length())));
            }
            try {
                assertThat(Template.parse(damaged.toString(), "test", CLOCK).render(golden.variables()))
                        .isNotNull();
            } catch (BadInput e) {
                assertThat(e).hasMessageStartingWith("The chat template of test, ");
            }
        }
    }

    private static String render(String template) {
        return Template.parse(template, "test", CLOCK).render(Map.of());
    }
}
