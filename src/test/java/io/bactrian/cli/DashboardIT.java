package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The dashboard in a real browser, on a real daemon. */
@Timeout(180)
class DashboardIT {
    private static final String TRAP = "<img src=x onerror=\"document.title='trapped'\">";
    private static final List<String> VIEWS =
            List.of(
                    "overview",
                    "runs",
                    "sync",
                    "conflicts",
                    "structure",
                    "backups",
                    "schedule",
                    "errors");

    @TempDir Path dir;
    private Browser browser;
    private Scene scene;

    @BeforeEach
    void prepare() {
        browser = Browser.open();
        scene = Scene.shared(dir);
        scene.inBoth(
                "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40), price DECIMAL(40,20))",
                "INSERT INTO item VALUES (1, 'one', 12345678901234567890.12345678901234567890)");
    }

    @AfterEach
    void clean() {
        if (browser != null) {
            browser.close();
        }
        if (scene != null) {
            scene.close();
        }
    }

    private void conflict() throws Exception {
        Cli setup = scene.run("sync", "setup", "--yes");
        assertThat(setup.code()).as(setup.toString()).isZero();
        scene.inSource("UPDATE item SET name = 'mine' WHERE id = 1");
        scene.inTarget("UPDATE item SET name = 'theirs' WHERE id = 1");
        Cli round = scene.run("sync", "--strategy", "manual", "--yes");
        assertThat(round.code()).as(round.toString()).isEqualTo(3);
    }

    private String rows() {
        String rows = scene.fromSource("SELECT name, price FROM item");
        assertThat(scene.fromTarget("SELECT name, price FROM item")).isEqualTo(rows);
        return rows;
    }

    @Test
    void aRunIsStartedAndWatchedToItsEnd() throws Exception {
        scene.inSource("INSERT INTO item VALUES (2, 'two', 2)");
        try (Living daemon = Living.start(dir, scene)) {
            browser.show(daemon, "overview");
            browser.awaitText("Nothing is running.");
            browser.find("#pipeline").sendKeys("Replicate");
            browser.find("#start").click();
            browser.awaitText("This changes to");
            browser.find("dialog #confirm").click();

            browser.awaitText("has started");
            browser.await(
                    "all five stages done",
                    () ->
                            browser.driver()
                                                    .findElements(
                                                            By.cssSelector(".pipeline li.done"))
                                                    .size()
                                            == 5
                                    ? true
                                    : null);
            browser.await(
                    "the run as ok",
                    () -> browser.driver().findElement(By.cssSelector("td .badge.ok")));
            browser.driver().findElement(By.cssSelector("td a")).click();
            browser.awaitText("Stages");
            assertThat(browser.text()).contains("replicate", "http");
        }
        scene.requireEqual();
    }

    @Test
    void theRateOfARunIsPlotted() throws Exception {
        scene.inBoth("CREATE TABLE big (id INT PRIMARY KEY, filler VARCHAR(600))");
        scene.inSource(
                "INSERT INTO big WITH RECURSIVE n AS (SELECT 1 i UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                        + " SELECT a.i * 1000 + b.i, REPEAT('x', 600) FROM n a, n b WHERE a.i <= 150",
                "ANALYZE TABLE big");
        try (Living daemon =
                Living.start(dir, scene, "bactrian.chunk-bytes=16K", "bactrian.threads=1")) {
            browser.show(daemon, "overview");
            browser.awaitText("nothing to show yet");
            daemon.run("{\"pipeline\": \"data\"}");

            WebElement plot =
                    browser.await(
                            "a curve",
                            () ->
                                    browser.driver()
                                            .findElement(By.cssSelector("svg.plot polyline.curve"))
                                            .findElement(By.xpath("..")));
            assertThat(plot.getAttribute("aria-label"))
                    .containsPattern("rows per second: now [\\d,]+, at most [1-9][\\d,]*");
        }
    }

    @Test
    void theScheduleIsShown() throws Exception {
        try (Living daemon = Living.start(dir, scene, "bactrian.sync.interval=3600")) {
            browser.show(daemon, "schedule");
            browser.awaitText("nightly-replicate");
            List<String> rows =
                    browser.driver().findElements(By.cssSelector("tbody tr")).stream()
                            .map(WebElement::getText)
                            .toList();
            assertThat(rows).anyMatch(r -> r.matches("(?s)nightly-replicate .*0 0 2 .* off.*"));
            assertThat(rows).anyMatch(r -> r.matches("(?s)automatic-sync .* on.*"));
        }
    }

    @ParameterizedTest
    @CsvSource({"Keep local,LOCAL,mine", "Keep remote,REMOTE,theirs"})
    void aConflictIsShownColumnByColumnAndResolved(String button, String resolution, String name)
            throws Exception {
        conflict();
        try (Living daemon = Living.start(dir, scene)) {
            browser.show(daemon, "conflicts");
            WebElement link =
                    browser.await(
                            "the conflict",
                            () -> browser.driver().findElement(By.partialLinkText("Conflict ")));
            link.click();
            browser.awaitText("12345678901234567890.12345678901234567890");
            assertThat(browser.find("table").getText()).contains("mine", "theirs");

            browser.click(button);
            browser.find("dialog #confirm").click();

            browser.awaitText("is resolved: " + resolution);
            browser.awaitText("No conflicts.");
        }
        assertThat(rows()).startsWith(name + "\t");
    }

    @Test
    void anEditedRowKeepsEveryDigit() throws Exception {
        conflict();
        try (Living daemon = Living.start(dir, scene)) {
            long id = daemon.json("/api/conflicts").path("conflicts").get(0).path("id").asLong();
            browser.show(daemon, "conflicts/" + id);
            browser.click("Edit…");
            for (WebElement field : browser.driver().findElements(By.cssSelector(".field"))) {
                String name = field.findElement(By.cssSelector("label")).getText();
                WebElement input = field.findElement(By.cssSelector("input, textarea"));
                if (name.equals("name")) {
                    input.clear();
                    input.sendKeys("both of us");
                } else if (name.equals("price")) {
                    input.clear();
                    input.sendKeys("99999999999999999999.00000000000000000001");
                }
            }
            browser.find("dialog #confirm").click();
            browser.awaitText("is resolved: MERGED");
        }
        assertThat(rows()).isEqualTo("both of us\t99999999999999999999.00000000000000000001");
    }

    @Test
    void namesThatAreMarkupShowAsText() throws Exception {
        String table = "`" + TRAP + "`";
        scene.inBoth(
                "CREATE TABLE " + table + " (id INT PRIMARY KEY, " + table + " VARCHAR(200))",
                "INSERT INTO " + table + " VALUES (1, '<script>document.title=1</script>')");
        scene.inTarget("ALTER TABLE " + table + " ADD extra INT");
        try (Living daemon = Living.start(dir, scene)) {
            browser.show(daemon, "structure");
            browser.find("#compare").click();
            browser.awaitText(TRAP);
            assertThat(browser.find("pre.ddl").getText()).contains("ALTER TABLE `" + TRAP, "extra");
            assertThat(browser.driver().getTitle()).isEqualTo("Structure · Bactrian");

            scene.inTarget("ALTER TABLE " + table + " DROP extra");
            conflict();
            scene.inSource("UPDATE " + table + " SET " + table + " = '<b>mine</b>'");
            scene.inTarget("UPDATE " + table + " SET " + table + " = '<b>theirs</b>'");
            daemon.ended(daemon.run("{\"pipeline\": \"sync\", \"strategy\": \"manual\"}"));
            browser.show(daemon, "sync");
            browser.awaitText(TRAP);
            browser.show(daemon, "conflicts");
            browser.awaitText(TRAP);
            long id =
                    daemon.json("/api/conflicts?waiting=true")
                            .path("conflicts")
                            .get(0)
                            .path("id")
                            .asLong();
            browser.show(daemon, "conflicts/" + id);
            browser.awaitText("<b>mine</b>");
            assertThat(browser.driver().getTitle()).isEqualTo("Conflicts · Bactrian");
            assertThat(browser.driver().findElements(By.cssSelector("main img, main b"))).isEmpty();
        }
    }

    @Test
    void theKeyboardIsEnough() throws Exception {
        try (Living daemon = Living.start(dir, scene)) {
            browser.show(daemon, "overview");
            browser.awaitText("Nothing is running.");
            WebElement focused = browser.driver().switchTo().activeElement();
            for (int i = 0; i < 40 && !"start".equals(focused.getAttribute("id")); i++) {
                focused.sendKeys(Keys.TAB);
                focused = browser.driver().switchTo().activeElement();
            }
            assertThat(focused.getAttribute("id")).isEqualTo("start");
            focused.sendKeys(Keys.ENTER);

            browser.awaitText("has started");
            browser.await(
                    "the run as ok",
                    () -> browser.driver().findElement(By.cssSelector("td .badge.ok")));
            assertThat(daemon.json("/api/runs").path("runs").findValuesAsText("command"))
                    .containsExactly("verify");
        }
    }

    @Test
    void everyViewFitsANarrowScreenInLightAndDark() throws Exception {
        conflict();
        try (Living daemon = Living.start(dir, scene)) {
            browser.screen(360, 740);
            String light = null;
            for (String scheme : List.of("light", "dark")) {
                browser.scheme(scheme);
                for (String view : VIEWS) {
                    browser.show(daemon, view);
                    browser.find("nav a[aria-current=page]");
                    browser.await(
                            "the state",
                            () -> browser.find("#state").getText().equals("idle") ? true : null);
                    browser.requireFits(360);
                }
                String ground = browser.find("body").getCssValue("background-color");
                assertThat(ground).isNotEqualTo(light);
                light = ground;
            }
        }
    }

    @Test
    void anErrorIsShownWithItsHint() throws Exception {
        scene.inTarget("ALTER TABLE item ADD extra INT");
        try (Living daemon = Living.start(dir, scene)) {
            String id = daemon.run("{\"pipeline\": \"data\"}");
            String hint = daemon.ended(id).path("error").path("hint").asText();
            assertThat(hint).isNotBlank();
            browser.show(daemon, "runs/" + id);
            browser.awaitText("Hint: " + hint);
            browser.show(daemon, "errors");
            browser.awaitText(hint);
        }
    }

    @Test
    void theTokenIsAskedFor() throws Exception {
        scene.with("bactrian.http.token", "ops:secret-7");
        try (Living daemon = Living.start(dir, scene)) {
            browser.show(daemon, "overview");
            browser.find("dialog #token").sendKeys("ops:secret-7");
            browser.find("dialog #confirm").click();

            browser.awaitText("Nothing is running.");
            assertThat(browser.driver().getPageSource()).doesNotContain("secret-7");
        }
    }

    @Test
    void aRestoreAsksFirst() throws Exception {
        try (Living daemon = Living.start(dir, scene)) {
            daemon.ended(daemon.run("{\"pipeline\": \"backup\", \"database\": \"to\"}"));
            scene.inTarget("DELETE FROM item");
            browser.show(daemon, "backups");
            browser.click("Restore…");
            browser.awaitText("It replaces these tables there.");
            browser.click("Cancel");
            browser.await(
                    "no question",
                    () ->
                            browser.driver().findElements(By.tagName("dialog")).isEmpty()
                                    ? true
                                    : null);
            assertThat(daemon.json("/api/runs").path("runs")).hasSize(1);

            browser.click("Restore…");
            browser.find("dialog #confirm").click();

            browser.awaitText("has started");
            Scene.await(
                    "the row is back",
                    () -> scene.fromTarget("SELECT COUNT(*) FROM item").equals("1"));
        }
    }

    @Test
    void aDaemonThatIsGoneIsToldOf() throws Exception {
        try (Living daemon = Living.start(dir, scene)) {
            browser.show(daemon, "overview");
            browser.awaitText("Nothing is running.");
            daemon.stop();
            browser.awaitText("This page tries again by itself.");
        }
    }
}
