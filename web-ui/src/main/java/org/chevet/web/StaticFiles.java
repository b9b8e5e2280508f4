package org.chevet.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard's files and the modules it uses, from the class path. Each is read once and kept: there are a few hundred,
 * and what is not there is not remembered.
 */
final class StaticFiles {
    static final String ASSETS_PATH = "/assets/";
    static final String VENDOR_PATH = "/vendor/";

    /** At the root, since a service worker has power over what lies beside and below it only. */
    static final String WORKER_PATH = "/service-worker.js";

    private static final String ASSETS_FOLDER = "org/chevet/web/assets/";
    private static final String VENDOR_FOLDER = "META-INF/resources/_static/";

    /** Plain names, so no way out of the folder: a name does not begin with a dot. */
    private static final Pattern SAFE =
            Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*/){0,12}[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private static final Pattern VENDOR = Pattern.compile("(lit|lit-html|lit-element|reactive-element|echarts)/.*");

    private static final String REVALIDATE = "no-cache";
    private static final String FOREVER = "public, max-age=31536000, immutable";

    private static final Map<String, String> CONTENT_TYPES = Map.ofEntries(
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private record Content(Buffer bytes, String etag) {
        static Content of(byte[] bytes) {
            return new Content(Buffer.buffer(bytes), '"' + HexFormat.of().formatHex(Hashes.sha256(bytes), 0, 16) + '"');
        }
    }

    private final Vertx vertx;
    private final Content index;
    private final Map<String, Content> contents = new ConcurrentHashMap<>();

    StaticFiles(Vertx vertx, IndexPage index) {
        this.vertx = vertx;
        this.index = Content.of(index.html().getBytes(StandardCharsets.UTF_8));
    }

    void index(RoutingContext request) {
        send(request, index, "text/html; charset=utf-8", REVALIDATE);
    }

    void asset(RoutingContext request) {
        serve(request, ASSETS_FOLDER, request.normalizedPath().substring(ASSETS_PATH.length()), REVALIDATE);
    }

    void worker(RoutingContext request) {
        serve(request, ASSETS_FOLDER, "js" + WORKER_PATH, REVALIDATE);
    }

    /** Their version is in their path: what was read once never changes. */
    void vendor(RoutingContext request) {
        String file = request.normalizedPath().substring(VENDOR_PATH.length());
        if (VENDOR.matcher(file).matches()) {
            serve(request, VENDOR_FOLDER, file, FOREVER);
        } else {
            request.next();
        }
    }

    /** The file at an address of {@link #asset} or {@link #vendor}; null when there is none. */
    static @Nullable InputStream open(String address) {
        String resource = address.startsWith(VENDOR_PATH)
                ? VENDOR_FOLDER + address.substring(VENDOR_PATH.length())
                : ASSETS_FOLDER + address.substring(ASSETS_PATH.length());
        return StaticFiles.class.getClassLoader().getResourceAsStream(resource);
    }

    private void serve(RoutingContext request, String folder, String file, String caching) {
        String type = CONTENT_TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        if (type == null || !SAFE.matcher(file).matches()) {
            request.next();
            return;
        }
        Content known = contents.get(folder + file);
        if (known != null) {
            send(request, known, type, caching);
            return;
        }
        vertx.executeBlocking(() -> read(folder + file), false).onComplete(read -> {
            if (read.failed()) {
                request.fail(read.cause());
            } else if (read.result() == null) {
                request.next();
            } else {
                contents.putIfAbsent(folder + file, read.result());
                send(request, read.result(), type, caching);
            }
        });
    }

    private static @Nullable Content read(String resource) throws IOException {
        try (InputStream file = StaticFiles.class.getClassLoader().getResourceAsStream(resource)) {
            return file == null ? null : Content.of(file.readAllBytes());
        }
    }

    private static void send(RoutingContext request, Content content, String type, String caching) {
        request.response().putHeader(HttpHeaders.ETAG, content.etag()).putHeader(HttpHeaders.CACHE_CONTROL, caching);
        if (content.etag().equals(request.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            request.response().setStatusCode(304).end();
        } else {
            request.response().putHeader(HttpHeaders.CONTENT_TYPE, type).end(content.bytes());
        }
    }
}
