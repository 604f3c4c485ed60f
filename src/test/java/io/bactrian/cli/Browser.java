package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium of the machine. */
record Browser(ChromeDriver driver) implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    /** It misses a protocol of the browser's that is not used here. */
    private static final Logger WARNINGS = Logger.getLogger("org.openqa.selenium");

    static {
        WARNINGS.setLevel(Level.SEVERE);
    }

    /** Starts one, or skips the test where there is none. */
    static Browser open() {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "no browser here: apt-get install chromium chromium-driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--window-size=1280,900");
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .withLogFile(new File("/dev/null"))
                        .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** Shows a view; another page in between makes it load anew. */
    void show(Living daemon, String view) {
        driver.get("about:blank");
        driver.get(daemon.address() + "#" + view);
    }

    WebElement find(String css) {
        return await("an element " + css, () -> driver.findElement(By.cssSelector(css)));
    }

    /** A button by its words. */
    WebElement button(String words) {
        return await(
                "a button " + words,
                () -> driver.findElement(By.xpath("//button[normalize-space()='" + words + "']")));
    }

    void click(String words) {
        button(words).click();
    }

    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    void awaitText(String text) {
        await("the text " + text, () -> text().contains(text) ? true : null);
    }

    /** Waits until it is there; what vanishes meanwhile is looked for again. */
    <T> T await(String what, Supplier<T> look) {
        return new WebDriverWait(driver, Duration.ofSeconds(30))
                .ignoreAll(
                        List.of(StaleElementReferenceException.class, NoSuchElementException.class))
                .withMessage(() -> what + ", in:\n" + text())
                .until(d -> look.get());
    }

    /** The page fits a screen of that width. */
    void requireFits(int width) {
        Object wide = driver.executeScript("return document.scrollingElement.scrollWidth");
        assertThat((Long) wide).as("width of " + driver.getCurrentUrl()).isLessThanOrEqualTo(width);
    }

    void screen(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void scheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
