package org.chevet.web.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The machine's own browser: none is fetched, and it calls nobody. Tests of one thread that ask for a {@link Browser} get the same one, which is started
 * for the first and closed after the last of all; Playwright allows no other thread to speak to it.
 */
final class Chromium implements ParameterResolver {
    private static final Path EXECUTABLE =
            Path.of(System.getenv().getOrDefault("CHEVET_CHROMIUM", "/usr/bin/chromium"));

    /** What a page is to show is waited for as long as this: what takes long on a busy machine is no failure. */
    static final int PATIENCE_MILLIS = 60_000;

    private static final Duration DRIVER_TRIED_AGAIN_AFTER = Duration.ofMillis(200);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store ofThread = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(
                        Chromium.class, Thread.currentThread().threadId()));
        Playwright playwright = ofThread.getOrComputeIfAbsent("playwright", key -> playwright(), Playwright.class);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        return ofThread.getOrComputeIfAbsent("browser", key -> launch(playwright), Browser.class);
    }

    /**
     * Its driver is a program that it writes to the disk and runs at once. A process that another thread forks meanwhile has the file open for
     * writing until it becomes what it is to be, and for that moment the driver cannot be run.
     */
    static Playwright playwright() {
        Playwright.CreateOptions options =
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        long deadline = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
        while (true) {
            try {
                return Playwright.create(options);
            } catch (PlaywrightException busy) {
                if (System.nanoTime() > deadline) {
                    throw busy;
                }
                LockSupport.parkNanos(DRIVER_TRIED_AGAIN_AFTER.toNanos());
            }
        }
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
