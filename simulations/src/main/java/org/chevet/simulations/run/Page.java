package org.chevet.simulations.run;

import java.util.List;
import org.chevet.simulations.scenario.Scenario.Words;

/** A page with everything in it: it opens without a network, in French and in English. */
final class Page {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="fr">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%s</title>
            <style>
            :root { color-scheme: light dark; --ink: #1d2433; --soft: #5c6675; --line: #d5dae2; --page: #fff; --a: #1b5fab; --b: #b3541e; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #9aa4b2; --line: #3a4352; --page: #171b22; --a: #6fb1ff; --b: #f2a25c; } }
            body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 62rem; margin: 1.5rem auto; padding: 0 1rem; }
            html[lang=fr] [lang=en], html[lang=en] [lang=fr] { display: none; }
            h1 { font-size: 1.5rem; margin: 0 0 .3rem; } h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; }
            table { border-collapse: collapse; width: 100%%; } th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: left; }
            td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            tr.asked td:first-child { font-weight: 600; } td.sure { font-weight: 600; }
            .soft, li { color: var(--soft); } button { float: right; font: inherit; }
            svg { width: 100%%; height: auto; } svg text { font-size: 12px; fill: var(--soft); } svg .grid { stroke: var(--line); }
            polyline { fill: none; stroke-width: 2; } polygon.wide { opacity: .16; } polygon.narrow { opacity: .3; }
            .a { stroke: var(--a); } polygon.a, circle.a { fill: var(--a); stroke: none; } .b { stroke: var(--b); } polygon.b, circle.b { fill: var(--b); stroke: none; }
            polyline.staffed { stroke: var(--ink); stroke-dasharray: 6 4; stroke-width: 1.5; } svg line.mark { stroke: var(--soft); stroke-dasharray: 2 3; }
            svg text.mark { fill: var(--ink); font-weight: 600; } .key { display: inline-block; width: 1.4em; height: .7em; margin: 0 .35em 0 1em; }
            rect.shade { fill: var(--line); opacity: .45; } .key.a { background: var(--a); } .key.b { background: var(--b); }
            </style>
            </head>
            <body>
            <button type="button" onclick="document.documentElement.lang = document.documentElement.lang === 'fr' ? 'en' : 'fr'">FR / EN</button>
            """;

    private static final String FOOT = """
            </body>
            </html>
            """;

    private final StringBuilder html = new StringBuilder();

    Page(Words name, Words summary) {
        html.append(HEAD.formatted(Html.escape(name.french())));
        tag("h1", Html.both(name.french(), name.english()));
        tag("p", Html.both(summary.french(), summary.english()));
    }

    /** As it is. */
    Page append(Object markup) {
        html.append(markup);
        return this;
    }

    Page tag(String tag, String markup) {
        return append("<" + tag + ">" + markup + "</" + tag + ">\n");
    }

    /** A paragraph beside what matters. */
    Page remark(String french, String english) {
        return append("<p class=\"soft\">" + Html.both(french, english) + "</p>\n");
    }

    String end(List<String> sources) {
        tag("h2", Html.both("Sources des paramètres", "Sources of the parameters"));
        append("<ul>\n");
        sources.forEach(source -> tag("li", Html.escape(source)));
        return html.append("</ul>\n").append(FOOT).toString();
    }
}
