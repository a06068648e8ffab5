package dev.clew.contract.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Debian's Chromium, and what {@code .ci/browser} fetches to drive it. Notes what pages must not do. */
final class Browser implements AutoCloseable {

    private static final Path FOLDER = Path.of("target/browser").toAbsolutePath();
    private static final String WORDS = "skipped: no Chromium, Node.js or target/browser (.ci/browser)";

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final String origin;
    private final List<String> offences = new ArrayList<>();

    private Browser(Path node, Path executable, String origin) {
        System.setProperty("playwright.cli.dir", FOLDER.toString());
        this.playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", node.toString(), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.chromium = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(executable).setArgs(List.of("--no-sandbox")));
        this.origin = origin;
    }

    /** Skips the test, and says so, where there is no browser. */
    static void assumeInstalled() {
        boolean isInstalled =
                isFetched() && onPath("node").isPresent() && onPath("chromium").isPresent();
        if (!isInstalled) {
            // Reports of skipped tests do not show the reason.
            System.err.println("ConsoleIT " + WORDS);
        }
        assumeTrue(isInstalled, WORDS);
    }

    private static boolean isFetched() {
        return Files.exists(FOLDER.resolve("package/cli.js")) && Files.exists(FOLDER.resolve("axe.min.js"));
    }

    static Browser start(String origin) {
        return new Browser(onPath("node").orElseThrow(), onPath("chromium").orElseThrow(), origin);
    }

    private static Optional<Path> onPath(String command) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a page of the console in a tab without a past. */
    Page open(String path) {
        return open(path, 1280, ColorScheme.LIGHT);
    }

    Page open(String path, int width, ColorScheme scheme) {
        BrowserContext context = chromium.newContext(new NewContextOptions()
                .setViewportSize(width, width < 500 ? 844 : 760)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setDeviceScaleFactor(1));
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        Page page = context.newPage();
        page.onRequest(request -> {
            if (!request.url().startsWith(origin + '/')) {
                offences.add("requests " + request.url());
            }
        });
        // Among them violations of the Content-Security-Policy; not the gateway's own 404 and 401.
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                offences.add("logs " + message.text());
            }
        });
        page.onPageError(error -> offences.add("throws " + error));
        page.navigate(origin + path);
        return page;
    }

    /** Returns what axe-core finds serious or critical on a page. */
    static List<String> barriers(Page page) throws IOException {
        page.evaluate(Files.readString(FOLDER.resolve("axe.min.js")));
        Object found = page.evaluate("async () => (await axe.run()).violations"
                + ".filter(one => ['serious', 'critical'].includes(one.impact))"
                + ".map(one => one.id + ' at ' + one.nodes.map(node => node.target).join(' '))");
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    void assertKeptWithinItsOrigin() {
        assertEquals(List.of(), offences);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
