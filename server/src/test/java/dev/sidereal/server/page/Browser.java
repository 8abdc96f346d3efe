package dev.sidereal.server.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window, as Debian's packages install it. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final String FINDINGS = """
            const done = arguments[0];
            axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
              .then(found => done(found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200)))));
            """;

    private final ChromeDriver driver;
    private final String address;
    private final String axe;

    /**
     * @param address of the page
     * @param profile an empty folder
     */
    Browser(String address, Path profile) throws IOException {
        this.address = address;
        try (InputStream script = Objects.requireNonNull(Browser.class.getResourceAsStream(AXE), AXE)) {
            axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
    }

    /** Opens an address of the page from scratch, such as {@code #/status}. */
    void open(String hash) {
        driver.get("about:blank");
        driver.get(address + hash);
        until(
                "the frame is there",
                () -> !driver.findElements(By.cssSelector("main > *")).isEmpty());
    }

    /** Pretends a screen of this width and a system that likes these colours. */
    void screen(int width, String colours) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    /** {@return the first element of a selector, waited for} */
    WebElement find(String css) {
        until(css + " is there", () -> driver.findElement(By.cssSelector(css)).isDisplayed());
        return driver.findElement(By.cssSelector(css));
    }

    /** {@return the texts of all elements of a selector} */
    List<String> texts(String css) {
        return driver.findElements(By.cssSelector(css)).stream()
                .map(WebElement::getText)
                .toList();
    }

    /** Waits until an element's text holds some other text. */
    void awaitText(String css, String text) {
        until(
                css + " says '" + text + "'",
                () -> driver.findElement(By.cssSelector(css)).getText().contains(text));
    }

    /** Waits until nothing has a selector. */
    void awaitGone(String css) {
        until(css + " is gone", () -> driver.findElements(By.cssSelector(css)).isEmpty());
    }

    /** Presses keys where the focus is. */
    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** {@return the element that has the focus} */
    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Writes into a field in place of what is there. */
    void write(String css, String text) {
        WebElement field = find(css);
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }

    /** {@return what the address says after the number sign} */
    String hash() {
        return Objects.toString(driver.executeScript("return location.hash"));
    }

    /** {@return whether the page is wider than the screen} */
    boolean overflows() {
        return Boolean.TRUE.equals(
                driver.executeScript("return document.documentElement.scrollWidth > window.innerWidth"));
    }

    /** {@return a computed style of the page's body} */
    String style(String property) {
        return Objects.toString(driver.executeScript("return getComputedStyle(document.body)[arguments[0]]", property));
    }

    /** {@return what an expression gives in which {@code m} is a module of the page} */
    String inModule(String module, String expression) {
        Object result = driver.executeAsyncScript(
                "const done = arguments[1]; import(arguments[0]).then(m => done(JSON.stringify(" + expression + ")));",
                module);
        return Objects.toString(result);
    }

    /** {@return what axe finds wrong with the page as it is, one line an element} */
    List<String> findings() {
        driver.executeScript(axe);
        Object found = driver.executeAsyncScript(FINDINGS);
        return ((List<?>) Objects.requireNonNull(found))
                .stream().map(Object::toString).toList();
    }

    /** {@return the errors on the console since the last call} */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Waits until something holds; what is not there or no longer there does not hold. */
    void until(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!now(holds)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in " + PATIENCE + ": " + what + "; the page says: "
                        + driver.findElement(By.tagName("body")).getText());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean now(BooleanSupplier holds) {
        try {
            return holds.getAsBoolean();
        } catch (NoSuchElementException | StaleElementReferenceException _) {
            return false;
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
