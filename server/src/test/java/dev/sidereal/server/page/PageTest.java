package dev.sidereal.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.engine.QuickStart;
import dev.sidereal.engine.Workspace;
import dev.sidereal.server.ServerSettings;
import dev.sidereal.server.SiderealServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** Clicks through the page in Chromium; nothing may be written to the console as an error. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageTest {
    private static final String BRIDGES = "#/search?q=bridge+hangs+from+cables";

    private SiderealServer server;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path workspace, @TempDir Path profile) throws IOException {
        PageWorkspace.make(workspace);
        server = SiderealServer.start(
                Workspace.open(workspace),
                PageWorkspace.INDEX,
                ServerSettings.local().withPort(0));
        browser = new Browser(server.address(), profile);
    }

    @AfterAll
    void stop() {
        browser.close();
        server.close();
    }

    @BeforeEach
    void wideAndLight() {
        browser.screen(1440, "light");
    }

    @AfterEach
    void nothingWasWrong() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void aQuestionOfTheFirstScreenIsAnsweredWithTheRankOfEachLeg() {
        browser.open("");
        browser.find(".question");
        assertThat(browser.texts(".question")).isEqualTo(QuickStart.QUESTIONS);
        browser.find(".question").click();
        browser.find(".hit");
        assertThat(browser.find("#q").getDomProperty("value")).isEqualTo(QuickStart.QUESTIONS.getFirst());
        assertThat(browser.texts(".hit:first-child .leg dt")).containsExactly("BM25", "Dense");
        assertThat(browser.find(".insight").getText()).startsWith("Dense ");
    }

    @Test
    void resultsComeWhileTypingAndTheAddressKeepsTheQuestion() {
        browser.open("#/search");
        browser.press("octopus hearts");
        browser.awaitText(".hit:first-child .hit-title", "Octopus");
        assertThat(browser.hash()).isEqualTo("#/search?q=octopus+hearts");
        assertThat(browser.texts(".hit:first-child mark")).contains("octopus");
    }

    @Test
    void theLegsCanBeSwitched() {
        browser.open(BRIDGES);
        browser.find(".hit");
        browser.find(".controls .switch label:nth-of-type(1)").click();
        browser.until(
                "one leg is left",
                () -> browser.texts(".hit:first-child .leg dt").equals(List.of("BM25")));
        assertThat(browser.hash()).contains("system=bm25");
    }

    @Test
    void whyShowsWhatEachLegAddsAndItsWords() {
        browser.open(BRIDGES);
        browser.awaitText(".hit:first-child .hit-title", "Suspension bridge");
        browser.find(".why-switch").click();
        browser.awaitText(".why .sum", "from BM25");
        assertThat(browser.texts(".why-leg h3")).containsExactly("BM25", "Dense");
        assertThat(browser.texts(".why-leg:first-child .part-what")).contains("cables", "hangs");
        assertThat(browser.findings()).isEmpty();
    }

    @Test
    void keysMoveAndOpenAndClose() {
        browser.open(BRIDGES);
        browser.find(".hit");
        browser.press(Keys.ESCAPE);
        browser.press("j");
        assertThat(browser.focused().getText()).isEqualTo("Suspension bridge");
        browser.press("j");
        browser.press("k");
        browser.press(Keys.ENTER);
        browser.awaitText("dialog[open] h2", "Suspension bridge");
        browser.awaitText("dialog .match", "hangs its deck from cables");
        assertThat(browser.findings()).isEmpty();
        browser.press(Keys.ESCAPE);
        browser.awaitGone("dialog[open]");
        assertThat(browser.hash()).doesNotContain("doc=");
        browser.press("/");
        assertThat(browser.focused().getDomProperty("id")).isEqualTo("q");
    }

    @Test
    void aValueOfAFieldNarrowsTheResultsUntilItIsTakenAway() {
        browser.open(BRIDGES);
        browser.find(".hit");
        browser.find(".facet .choice input").click();
        browser.find(".chip");
        assertThat(browser.hash()).contains("filter=");
        assertThat(browser.findings()).isEmpty();
        browser.find(".chip").click();
        browser.awaitGone(".chip");
    }

    @Test
    void aConditionCanBeBuilt() {
        browser.open(BRIDGES);
        browser.find(".more-filter > summary").click();
        browser.find(".builder select").sendKeys("lang");
        browser.find(".builder input[name=value]").sendKeys("de");
        browser.find(".builder button").click();
        browser.awaitText(".chip", "lang = de");
        browser.awaitText(".hit:first-child .hit-title", "Hängebrücke");
    }

    @Test
    void whatIsWrongWithAFilterIsToldBesideIt() {
        browser.open(BRIDGES + "&filter=colour+%3D+red");
        browser.awaitText(".filter-problem", "there is no field 'colour'");
        assertThat(browser.findings()).isEmpty();
        assertThat(browser.errors()).allMatch(error -> error.contains("422"));
    }

    @Test
    void twoSettingsAreComparedWithALineForEachResultInBoth() {
        browser.open("#/compare?q=bridge+hangs+from+cables");
        browser.find(".slope-hit");
        assertThat(browser.texts(".slope-list h2")).containsExactly("A · BM25", "B · Hybrid");
        int shared =
                Integer.parseInt(browser.find(".compare > .tally").getText().replaceAll(" .*", ""));
        assertThat(browser.texts(".slope-lines path")).hasSize(shared).isNotEmpty();
        browser.find(".slope-hit a").click();
        browser.find("dialog[open] h2");
    }

    @Test
    void theSameQuestionIsSeenAsSomebodyElse() {
        browser.open("#/search?q=budget+of+the+observatory");
        browser.find(".hit");
        assertThat(browser.texts(".hit-title")).doesNotContain("Budget of the observatory");
        browser.find("seen-as button").click();
        browser.write("#seen-as input", "bob" + Keys.ENTER);
        browser.awaitText(".hit:first-child .hit-title", "Budget of the observatory");
        browser.find("seen-as button").click();
        assertThat(browser.findings()).isEmpty();
        browser.find("#seen-as button[type=button]").click();
        browser.until(
                "the budget is hidden again", () -> !browser.texts(".hit-title").contains("Budget of the observatory"));
    }

    @Test
    void anEvaluationIsStartedFollowedAndShown() {
        browser.open("#/evaluate");
        browser.find(".start-run select").sendKeys("pets");
        browser.find(".start-run button").click();
        browser.find(".measures tbody tr");
        assertThat(browser.texts(".measures tbody th")).containsExactly("BM25", "Dense", "Hybrid");
        assertThat(browser.texts(".measures thead th")).contains("ndcg@10", "p50", "p95");
        browser.awaitText(".wins [role=status]", "Hybrid is better than BM25 on");
        browser.find(".chart canvas");
        browser.awaitText(".runs tbody", "done");
        assertThat(browser.findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    m.toggled('', 'tag', 'deep sea')                          | "tag = \\"deep sea\\""
                    m.toggled('tag = a', 'tag', 'b')                          | "tag in (a, b)"
                    m.toggled('tag in (a, b) and lang = en', 'tag', 'a')      | "lang = en and tag = b"
                    m.toggled('lang = en or year > 3', 'tag', 'a')            | "(lang = en or year > 3) and tag = a"
                    m.picked('lang = en and tag in (a, "x and y")', 'tag')    | ["a","x and y"]
                    m.without('tag != a and tag = b', 'tag')                  | "tag != a"
                    m.conditions('title = "a and b" and (x = 1 or y = 2)')    | ["title = \\"a and b\\"","(x = 1 or y = 2)"]
                    """)
    void valuesAreSwitchedInTheTextOfAFilter(String expression, String expected) {
        browser.open("#/status");
        assertThat(browser.inModule("/js/filter-text.js", expression)).isEqualTo(expected);
    }

    @Test
    void statusTellsWhatIsServed() {
        browser.open("#/status");
        browser.awaitText(".cards", PageWorkspace.INDEX);
        browser.until("both checks are good", () -> browser.texts(".state-done").size() == 2);
        assertThat(browser.find(".cards").getText()).contains("minilm-q", "384", "published", "date");
    }

    @Test
    void theColoursCanBeSwitchedByHandAndStay() {
        browser.open("#/status");
        String light = browser.style("backgroundColor");
        browser.find("theme-switch button").click();
        assertThat(browser.style("backgroundColor")).isEqualTo(light);
        browser.find("theme-switch button").click();
        assertThat(browser.style("backgroundColor")).isNotEqualTo(light);
        browser.open("#/status");
        assertThat(browser.style("backgroundColor")).isNotEqualTo(light);
        browser.find("theme-switch button").click();
        assertThat(browser.style("backgroundColor")).isEqualTo(light);
    }

    @ParameterizedTest
    @CsvSource({"360, light", "360, dark", "768, light", "1440, dark", "1440, light"})
    void everyViewIsAccessibleAndFitsTheScreen(int width, String colours) {
        browser.screen(width, colours);
        for (String view :
                new String[] {"#/search", BRIDGES, BRIDGES.replace("search", "compare"), "#/evaluate", "#/status"}) {
            browser.open(view);
            browser.find(view.contains("?") ? ".hit, .slope-hit" : "h1");
            assertThat(browser.findings()).as(view).isEmpty();
            assertThat(browser.overflows()).as(view).isFalse();
        }
    }
}
