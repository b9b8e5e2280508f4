package org.chevet.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The one page. The browser's modules come from jars whose versions are in their paths, so the import map is made at
 * start; it stands in the page, and so does the script that reads the page again when one of its files did not come, which must not be
 * a file itself. The content security policy names the hashes of both.
 *
 * @param html the page
 * @param inlineHashes as the policy wants them
 */
record IndexPage(String html, List<String> inlineHashes) {
    private static final String TEMPLATE = "index.html";
    private static final String VERSIONS = "vendor.properties";
    private static final String IMPORT_MAP_MARK = "{{import-map}}";
    private static final String AGAIN_MARK = "{{again}}";
    private static final String MODULES_MARK = "{{modules}}";
    private static final String VERSION_MARK = "{{version}}";
    private static final String COPY_HOURS_MARK = "{{copy-hours}}";

    /** A browser tries no file of a module twice: one connection that broke, and there is no page. */
    private static final String AGAIN =
            "{let again;addEventListener(\"error\",e=>{if(e.target instanceof HTMLScriptElement)again??=setTimeout(()=>location.reload(),2000)},true)}";

    private static final List<String> SCRIPTS =
            List.of(StaticFiles.ASSETS_PATH + "js/start.js", StaticFiles.ASSETS_PATH + "js/app.js");

    /** A module name of the import map, the folder of its jar, and its entry file. */
    private record Module(String name, String folder, String entry, boolean hasParts) {}

    private static final List<Module> MODULES = List.of(
            new Module("lit", "lit", "index.js", true),
            new Module("lit-html", "lit-html", "lit-html.js", true),
            new Module("lit-element", "lit-element", "index.js", true),
            new Module("@lit/reactive-element", "reactive-element", "reactive-element.js", true),
            new Module("echarts", "echarts", "dist/echarts.esm.min.js", false));

    static IndexPage make(Configuration.Downtime downtime) {
        Properties versions = versions();
        Map<String, String> imports = imports(versions);
        String importMap = Json.object(json -> json.writeObjectField("imports", imports));
        String html = resource(TEMPLATE)
                .replace(IMPORT_MAP_MARK, importMap)
                .replace(AGAIN_MARK, AGAIN)
                .replace(MODULES_MARK, modules(imports))
                .replace(VERSION_MARK, versions.getProperty("chevet", ""))
                .replace(COPY_HOURS_MARK, Integer.toString(downtime.copyHours()));
        return new IndexPage(html, List.of(hash(importMap), hash(AGAIN)));
    }

    private static String hash(String inline) {
        return "sha256-" + Base64.getEncoder().encodeToString(Hashes.sha256(inline));
    }

    /** Chevet's own version. */
    static String version() {
        return versions().getProperty("chevet", "");
    }

    private static Map<String, String> imports(Properties versions) {
        Map<String, String> imports = new LinkedHashMap<>();
        for (Module module : MODULES) {
            String version = versions.getProperty(module.folder());
            if (version == null) {
                throw new IllegalStateException(VERSIONS + " does not say the version of " + module.folder());
            }
            String folder = StaticFiles.VENDOR_PATH + module.folder() + "/" + version + "/";
            imports.put(module.name(), folder + module.entry());
            if (module.hasParts()) {
                imports.put(module.name() + "/", folder);
            }
        }
        return imports;
    }

    private static String modules(Map<String, String> imports) {
        StringBuilder html = new StringBuilder();
        for (String module : PageModules.of(SCRIPTS, imports)) {
            html.append("<link rel=\"modulepreload\" href=\"").append(module).append("\" />");
        }
        for (String script : SCRIPTS) {
            html.append("<script type=\"module\" src=\"").append(script).append("\"></script>");
        }
        return html.toString();
    }

    private static Properties versions() {
        Properties versions = new Properties();
        try (InputStream file = open(VERSIONS)) {
            versions.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(VERSIONS + " cannot be read", e);
        }
        return versions;
    }

    private static String resource(String name) {
        try (InputStream file = open(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    private static InputStream open(String name) {
        InputStream file = IndexPage.class.getResourceAsStream(name);
        if (file == null) {
            throw new IllegalStateException(name + " is missing from the jar");
        }
        return file;
    }
}
