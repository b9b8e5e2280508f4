package org.chevet.web.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The machine's own browser: none is fetched, and it calls nobody. Tests that ask for a {@link Browser} get the same one, which is started for the first
 * and closed after the last of them. As they are isolated, one thread at a time speaks to it.
 */
final class Chromium implements ParameterResolver {
    private static final Path EXECUTABLE =
            Path.of(System.getenv().getOrDefault("CHEVET_CHROMIUM", "/usr/bin/chromium"));

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store ofAll = context.getRoot().getStore(ExtensionContext.Namespace.create(Chromium.class));
        Playwright playwright = ofAll.getOrComputeIfAbsent("playwright", key -> playwright(), Playwright.class);
        return ofAll.getOrComputeIfAbsent("browser", key -> launch(playwright), Browser.class);
    }

    static Playwright playwright() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    static Browser launch(Playwright playwright) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(EXECUTABLE)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }
}
