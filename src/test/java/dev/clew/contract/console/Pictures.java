package dev.clew.contract.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;

/** The pictures of README and docs: {@code -Dclew.images.write=true} writes them. */
final class Pictures {

    private static final Path FOLDER = Path.of("docs/images");

    private Pictures() {}

    static void take(Page page, String origin, int width, ColorScheme scheme) {
        if (!Boolean.getBoolean("clew.images.write") || width < 500) {
            return;
        }
        if (scheme == ColorScheme.LIGHT) {
            save(page, origin + "/console", "console-requests.png");
            page.locator("tr:has-text('retried') a.row-link").first().click();
            page.waitForLoadState(LoadState.NETWORKIDLE);
            page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve("console-request.png")));
        } else {
            save(page, origin + "/console/tenants/acme", "console-tenant.png");
        }
    }

    private static void save(Page page, String url, String name) {
        page.navigate(url);
        page.waitForLoadState(LoadState.NETWORKIDLE);
        page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name)));
    }
}
