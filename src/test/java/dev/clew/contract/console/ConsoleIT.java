package dev.clew.contract.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import dev.clew.contract.client.Call;
import dev.clew.testing.Await;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console in a browser, before a packaged gateway. */
class ConsoleIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Pattern REQUEST = Pattern.compile(".*/console/requests/[0-9a-f]{16}$");

    private static ConsoleScene scene;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        Browser.assumeInstalled();
        scene = ConsoleScene.start(Map.of());
        PlaywrightAssertions.setDefaultAssertionTimeout(Await.PATIENCE.toMillis());
        browser = Browser.start(scene.origin());
        scene.sendOfEachKind();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (scene != null) {
            scene.close();
        }
    }

    @AfterEach
    void noRequestLeavesTheOriginAndNothingIsBlocked() {
        browser.assertKeptWithinItsOrigin();
    }

    private static void search(Page page, String text) {
        page.locator("#search").fill(text);
        page.locator("#search").press("Enter");
    }

    private static Locator rows(Page page) {
        return page.locator(".requests [data-row]");
    }

    @Test
    void aPastedTraceparentShowsTheFailedAttempt() {
        assertEquals(502, scene.send(Call.of("POST", "/checkout/18").in(TRACE)).status());
        Page page = browser.open("/console");
        search(page, "traceparent: 00-" + TRACE + "-00f067aa0ba902b7-01");
        assertThat(page).hasURL(REQUEST);
        assertThat(page.locator("p.story")).containsText("2 attempts at payments: 127.0.0.9:1 refused the connection");
        assertThat(page.locator(".waterfall .row.client")).hasCount(2);
        assertThat(page.locator(".waterfall .row.client").first()).containsText("upstream-unreachable");
        assertThat(page.locator(".trail .bad").first()).containsText("127.0.0.9:1");
        assertThat(page.locator("a.button.primary")).hasAttribute("href", "https://tempo.example/trace/" + TRACE);
        assertThat(page.locator(".pairs").first()).containsText("checkout");
        assertThat(page.locator(".pairs").last()).containsText("x-trace-id");
    }

    @Test
    void aUrlLeadsToTheRequestsOfItsRoute() {
        Page page = browser.open("/console");
        search(page, "https://acme.example.com/orders/17?token=hidden");
        assertThat(page.locator(".notice").first()).containsText("acme.example.com/orders/17");
        assertThat(rows(page).first().locator(".route")).containsText("orders");
        assertTrue(page.locator(".notice").first().textContent().indexOf("hidden") < 0);
    }

    @Test
    void conditionsNarrowTheList() {
        Page page = browser.open("/console");
        search(page, "tenant:acme status:5xx slower:1ms");
        assertThat(rows(page).first().locator(".status")).hasText("502");
        assertThat(page.locator(".requests .status.ok")).hasCount(0);
        search(page, "tenat:acme");
        assertThat(page.locator(".notice.warn")).containsText("tenant:");
    }

    @Test
    void theTailIsLiveAndPauses() {
        Page page = browser.open("/console/requests?live=1&q=tenant:globex");
        assertThat(page.locator(".live")).containsText("live");
        assertThat(page.locator(".none")).containsText("Waiting");
        // The page shows it before the gateway has its subscription.
        page.waitForCondition(() -> {
            scene.toGlobex("/stock/1");
            return rows(page).count() > 0;
        });
        page.keyboard().press("p");
        assertThat(page.locator(".live")).containsText("paused");
        int before = rows(page).count();
        scene.toGlobex("/stock/2");
        assertThat(page.locator(".live")).not().containsText("paused, 0 new");
        assertEquals(before, rows(page).count());
        page.keyboard().press("p");
        page.waitForCondition(() -> rows(page).count() > before);
    }

    @Test
    void aBrokenFileIsShownWithItsPlace() throws IOException {
        scene.breakTenant();
        Page page = browser.open("/console/configuration");
        assertThat(page.locator(".problem").first()).containsText(ConsoleScene.BROKEN + ":7");
        assertThat(page.locator(".problem").first()).containsText("did you mean \"upstream\"?");
        assertThat(page.locator("nav .count")).hasText("2");
        scene.mend();
        assertThat(page.locator(".notice.good")).containsText("Everything is in force");
    }

    @Test
    void whatIsUnknownSaysWhy() {
        Page page = browser.open("/console");
        search(page, "0123456789abcdef0123456789abcdef");
        assertThat(page.locator(".notice")).containsText("No kept request has this trace ID");
        search(page, "0123456789abcdef");
        assertThat(page.locator(".notice")).containsText("No such request");
        page.navigate(scene.origin() + "/console/nowhere");
        assertThat(page.locator(".notice")).containsText("No such view");
        page.navigate(scene.origin() + "/console/tenants/nobody");
        assertThat(page.locator(".notice")).containsText("No such tenant");
    }

    @Test
    void theKeyboardIsEnough() {
        Page page = browser.open("/console");
        assertThat(rows(page).first()).isVisible();
        page.keyboard().press("/");
        page.keyboard().type("status:5xx");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*q=status.*"));
        assertThat(rows(page).first().locator(".status")).hasText("502");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(REQUEST);
        assertThat(page.locator("p.story")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page).hasURL(Pattern.compile(".*q=status.*"));
        page.keyboard().press("?");
        assertThat(page.locator("dialog")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).not().isVisible();
        page.keyboard().press("g");
        page.keyboard().press("t");
        assertThat(page.locator("h1")).hasText("Tenants");
    }

    @Test
    void explainTellsWhatWouldBecomeOfARequest() {
        Page page = browser.open("/console/explain");
        page.locator("input[name=url]").fill("acme.example.com/orders/17");
        page.locator("input[name=url]").press("Enter");
        assertThat(page.locator("p.story")).containsText("orders");
        assertThat(page.locator(".trail")).containsText("acme");
    }

    @Test
    void aTenantHasTrafficRoutesEndpointsLimitsAndSources() {
        Page page = browser.open("/console/tenants/acme");
        assertThat(page.locator("clew-plot")).hasCount(3);
        assertThat(page.locator("table[aria-label=routes]")).containsText("checkout");
        assertThat(page.locator(".upstreams")).containsText("127.0.0.9:1");
        assertThat(page.locator(".limits")).containsText("concurrent-requests");
        assertThat(page.locator(".settings")).containsText("tenants/acme.yaml:2");
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "1280, DARK", "390, LIGHT"})
    void everyViewFitsAndHasNoSeriousBarrier(int width, ColorScheme scheme) throws IOException {
        Page page = browser.open("/console", width, scheme);
        assertThat(rows(page).first()).isVisible();
        String request = page.locator("a.row-link").first().getAttribute("href");
        for (String path : new String[] {
            "/console",
            request,
            "/console/tenants",
            "/console/tenants/acme",
            "/console/telemetry",
            "/console/configuration",
            "/console/explain?host=acme.example.com&path=/orders/1"
        }) {
            page.navigate(scene.origin() + path);
            page.waitForLoadState(LoadState.NETWORKIDLE);
            assertEquals(List.of(), Browser.barriers(page), path);
            assertEquals(width, page.evaluate("Math.max(document.documentElement.scrollWidth, innerWidth)"), path);
        }
        Pictures.take(page, scene.origin(), width, scheme);
    }
}
