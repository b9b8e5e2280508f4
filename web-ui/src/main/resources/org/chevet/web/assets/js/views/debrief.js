// @ts-check
/** @import {Debrief, Drill, Inject, Outcome, Victim} from "../core/drill.js" */
import { html, render } from "lit";
import { has, decimal, number, t, word } from "../i18n/index.js";
import { dateTime, duration, toLocalField } from "../i18n/format.js";
import { needsInWords, person, serviceName } from "../i18n/describe.js";
import { language } from "../core/preferences.js";
import { cardTables } from "./drill-cards.js";

const LIVES = /** @type {const} */ (["players", "proposals", "nothing"]);
const HOURS = [1, 2, 6];

/** What the drill came to, beside its two other lives. @param {Debrief} debrief */
export function outcomeTable(debrief) {
  const rows = debrief.players.categories.flatMap((category, i) => [
    row(t("debrief.arrived", { category: t(`victim.${category.category}`) }), debrief, ({ categories }) => `${number(categories[i].arrived)} / ${number(categories[i].needing)}`),
    ...(category.needing === 0 ? [] : HOURS.map((hours, h) => row(t("debrief.within", { hours }), debrief, ({ categories }) => `${number(categories[i].placedWithin[h])} / ${number(categories[i].needing)}`))),
    ...(category.needing === 0 ? [] : [row(t("debrief.median"), debrief, ({ categories }) => minutes(categories[i].medianMinutes))]),
  ]);
  return html`<table>
    <thead>
      <tr><th></th>${LIVES.map((life) => html`<th class="number">${t(`debrief.${life}`)}</th>`)}</tr>
    </thead>
    <tbody>
      ${rows}
      ${row(t("debrief.waitingMax"), debrief, (outcome) => number(outcome.waitingMax))}
      ${row(t("debrief.outliers"), debrief, (outcome) => number(outcome.outliers))}
      ${row(t("debrief.ordinary"), debrief, ({ ordinary }) => `${number(ordinary.placed)} / ${number(ordinary.needing)}`)}
      ${row(t("debrief.median"), debrief, ({ ordinary }) => minutes(ordinary.medianMinutes))}
      ${row(t("debrief.refusals"), debrief, (outcome) => number(outcome.refusals))}
      ${row(t("debrief.sentElsewhere"), debrief, (outcome) => number(outcome.sentElsewhere))}
      ${row(t("debrief.putOff"), debrief, (outcome) => number(outcome.putOff))}
      ${row(t("debrief.overrides"), debrief, (outcome) => number(outcome.overrides))}
      ${row(t("debrief.occupied"), debrief, (outcome) => `${decimal(outcome.occupiedMaxPercent)} %`)}
    </tbody>
  </table>`;
}

/** @param {string} label @param {Debrief} debrief @param {(outcome: Outcome) => string} value */
function row(label, debrief, value) {
  return html`<tr><th scope="row">${label}</th>${LIVES.map((life) => html`<td class="number">${value(debrief[life])}</td>`)}</tr>`;
}

/** @param {number|null} value */
function minutes(value) {
  return value === null ? "–" : duration(value * 60_000);
}

/** @typedef {{by: string, down: boolean}} Sort a column of the victims' table */

const CATEGORIES = ["ABSOLUTE", "RELATIVE", "INVOLVED"];

/** Where its title is said beside its value once there are no columns any more. @type {{id: string, style: string, titled?: boolean, cell: (victim: Victim) => unknown, order: (victim: Victim) => number|string}[]} */
const COLUMNS = [
  { id: "victim", style: "tight", cell: (victim) => html`<strong>${t(`victim.${victim.category}`)}</strong> ${numberOf(victim.stay)}`, order: ({ category }) => CATEGORIES.indexOf(category) },
  { id: "victim.age", style: "tight", cell: (victim) => person({ sex: victim.sex, age: victim.ageYears }), order: ({ ageYears }) => ageYears },
  { id: "victim.needs", style: "", cell: needed, order: needed },
  { id: "victim.arrival", style: "tight", titled: true, cell: ({ arrival }) => dateTime(arrival), order: ({ arrival }) => Date.parse(arrival) },
  { id: "victim.asked", style: "number", titled: true, cell: (victim) => after(victim, victim.asked), order: (victim) => waited(victim, victim.asked) },
  { id: "victim.held", style: "number", titled: true, cell: (victim) => after(victim, victim.held), order: (victim) => waited(victim, victim.held) },
  { id: "victim.placed", style: "number", titled: true, cell: (victim) => after(victim, victim.placed), order: (victim) => waited(victim, victim.placed) },
  { id: "victim.where", style: "", cell: whereabouts, order: whereabouts },
];

/**
 * Who came, what they need, what they waited for and where they are. A table by its roles, for what is laid out otherwise is none any more.
 * @param {Victim[]} victims @param {Sort|null} [sort] null where nobody can choose @param {(sort: Sort) => void} [choose]
 */
export function victimTable(victims, sort = null, choose = () => {}) {
  return html`<table role="table">
    <thead role="rowgroup">
      <tr role="row">
        ${COLUMNS.map(({ id, style }) =>
          sort === null
            ? html`<th role="columnheader" class=${style}>${t(id)}</th>`
            : html`<th role="columnheader" class=${style} aria-sort=${sort.by !== id ? "none" : sort.down ? "descending" : "ascending"}>
                <button class="link" data-sort=${id} @click=${() => choose({ by: id, down: sort.by === id && !sort.down })}>${t(id)}${sort.by !== id ? "" : sort.down ? " ▼" : " ▲"}</button>
              </th>`,
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${sorted(victims, sort).map(
        (victim) => html`<tr role="row" data-victim=${victim.stay}>
          ${COLUMNS.map(({ id, style, titled, cell }) => html`<td role="cell" class=${style}>${titled ? html`<span class="title">${t(id)} </span>` : ""}${cell(victim)}</td>`)}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

/** @param {Victim[]} victims @param {Sort|null} sort */
function sorted(victims, sort) {
  const column = COLUMNS.find(({ id }) => id === sort?.by);
  if (sort === null || column === undefined) {
    return victims;
  }
  /** @param {Victim} one @param {Victim} other */
  const compare = (one, other) => {
    const [a, b] = [column.order(one), column.order(other)];
    return typeof a === "number" && typeof b === "number" ? a - b || 0 : String(a).localeCompare(String(b));
  };
  return [...victims].sort((one, other) => (sort.down ? compare(other, one) : compare(one, other)));
}

/** @param {Victim} victim */
function needed({ needs }) {
  return needs === null ? t("victim.goesHome") : needsInWords(needs).join(", ");
}

/** As a file for a spreadsheet, each line of which says what it is. @param {Victim[]} victims */
export function downloadVictims(victims) {
  const minutesAfter = (/** @type {Victim} */ victim, /** @type {string|null} */ at) => (at === null ? "" : String(Math.round(waited(victim, at) / 60_000)));
  const columns = [
    [t("drill"), () => t("drill")],
    [t("victim"), (/** @type {Victim} */ victim) => `${t(`victim.${victim.category}`)} ${numberOf(victim.stay)}`],
    [t("victim.age"), (/** @type {Victim} */ victim) => person({ sex: victim.sex, age: victim.ageYears })],
    [t("victim.needs"), needed],
    [t("victim.arrival"), (/** @type {Victim} */ victim) => toLocalField(Date.parse(victim.arrival)).replace("T", " ")],
    [`${t("victim.asked")} (min)`, (/** @type {Victim} */ victim) => minutesAfter(victim, victim.asked)],
    [`${t("victim.held")} (min)`, (/** @type {Victim} */ victim) => minutesAfter(victim, victim.held)],
    [`${t("victim.placed")} (min)`, (/** @type {Victim} */ victim) => minutesAfter(victim, victim.placed)],
    [t("victim.where"), whereabouts],
  ];
  const lines = [columns.map(([title]) => title), ...victims.map((victim) => columns.map(([, cell]) => /** @type {any} */ (cell)(victim)))];
  const text = lines.map((line) => line.map(quoted).join(";")).join("\r\n");
  download(`\uFEFF${text}\r\n`, "text/csv", `${t("drill")}-${t("victim.list")}.csv`);
}

/** A spreadsheet takes what begins like a formula for one. @param {unknown} value */
function quoted(value) {
  const text = String(value);
  return `"${(/^[=+\-@]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** @param {string} text @param {string} type @param {string} name */
function download(text, type, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The number within its inject. @param {string} stay */
function numberOf(stay) {
  return stay.slice(stay.lastIndexOf("-") + 1);
}

/** How long after the arrival. @param {Victim} victim @param {string|null} at */
function after(victim, at) {
  return at === null ? "–" : duration(waited(victim, at));
}

/** In milliseconds; without end while it has not come. @param {Victim} victim @param {string|null} at */
function waited(victim, at) {
  return at === null ? Infinity : Math.max(0, Date.parse(at) - Date.parse(victim.arrival));
}

/** @param {Victim} victim */
function whereabouts(victim) {
  if (victim.left !== null) {
    return t(victim.died ? "victim.died" : "victim.left", { at: dateTime(victim.left) });
  }
  const place = [serviceName(victim.service), victim.bed === null ? t("withoutBed") : t("bed.named", { bed: victim.bed })].filter(Boolean).join(" · ");
  return victim.outlier ? `${place} · ${t("paper.outlier")}` : place;
}

/** What an inject says and does. @param {Inject} inject */
export function contentOf(inject) {
  const { victims } = inject;
  const parts = [
    inject.service ? serviceName(inject.service) : "",
    victims ? t("drill.victims", { absolute: victims.absolute, relative: victims.relative, involved: victims.involved, minutes: victims.minutes }) : "",
    victims?.illness?.organism ?? "",
    inject.beds === null || inject.beds === undefined ? "" : t("drill.staff", { beds: number(inject.beds) }),
    inject.ordinary ? t("drill.ordinary", { emergencies: number(Math.round(100 * inject.ordinary.emergencies)), electives: number(Math.round(100 * inject.ordinary.electives)), duration: duration(inject.ordinary.minutes * 60_000) }) : "",
    inject.text ?? "",
  ];
  return parts.filter(Boolean).join(" · ");
}

/** Each kind of thing once. @param {{kinds: string[]}} decision */
function doneIn({ kinds }) {
  return [...new Set(kinds)].map((kind) => (has(`debrief.event.${kind}`) ? t(`debrief.event.${kind}`) : kind)).join(", ");
}

/** @typedef {{at: number, by: string, what: string, inject: boolean}} Moment something that was done, or happened as planned */

/** @param {Debrief} debrief @param {Drill} drill @returns {Moment[]} the first first */
export function momentsOf(debrief, drill) {
  const decisions = debrief.decisions.map((decision) => ({ at: Date.parse(decision.at), by: decision.by, what: doneIn(decision), inject: false }));
  const injects = drill.injects.flatMap(({ inject, doneAt, endedAt }) => {
    const what = [word("inject", inject.kind), contentOf(inject)].filter(Boolean).join(" · ");
    const happened = { by: t("replay.inject"), what, inject: true };
    return [
      ...(doneAt === null ? [] : [{ ...happened, at: Date.parse(doneAt) }]),
      ...(endedAt === null ? [] : [{ ...happened, at: Date.parse(endedAt), by: t("replay.injectEnds") }]),
    ];
  });
  return [...decisions, ...injects].filter(({ at }) => at <= Date.parse(debrief.until)).sort((a, b) => a.at - b.at);
}

/** With when each was, for the report's own slider. @param {Moment[]} moments */
function momentTable(moments) {
  return html`<table>
    <thead><tr><th class="tight">${t("acts.when")}</th><th class="tight">${t("acts.who")}</th><th>${t("acts.what")}</th></tr></thead>
    <tbody>
      ${moments.map((moment) => html`<tr data-at=${moment.at}><td class="tight">${dateTime(moment.at)}</td><td class="tight">${moment.by}</td><td>${moment.what}</td></tr>`)}
    </tbody>
  </table>`;
}

/** As it began; the slider says when else, once the file is opened. @param {Debrief} debrief @param {Sample[]} samples */
function courseTable({ course }, samples) {
  const [{ told, beds }] = samples;
  return html`<p><input type="range" id="minute" min="0" max=${samples.length - 1} value="0" aria-label=${t("replay.at")} aria-valuetext=${told} /> <strong id="when">${told}</strong></p>
    <table>
      <thead><tr><th>${t("service")}</th><th>${t("replay.beds")}</th></tr></thead>
      <tbody>
        ${course.services.map((service, i) => html`<tr><td>${serviceName(service)}</td><td class="number" data-service>${beds[i]}</td></tr>`)}
      </tbody>
    </table>`;
}

/** @typedef {{at: number, told: string, beds: string[]}} Sample in words: when it is, what is said beside the slider, and each service's beds */

/** What the report's slider shows. @param {Debrief} debrief @returns {Sample[]} */
function samplesInWords({ course }) {
  return course.samples.map(({ at, occupied, open, requests }) => {
    const sum = (/** @type {number[]} */ counts) => counts.reduce((all, count) => all + count, 0);
    const told = [dateTime(at), t("replay.occupied", { occupied: sum(occupied), open: sum(open) }), t("replay.requests", { count: requests })];
    return { at: Date.parse(at), told: told.join(" · "), beds: occupied.map((count, i) => `${count} / ${open[i]}`) };
  });
}

/** Runs in the report alone, which has nothing of this page. */
const SCRIPT = `const slider = document.getElementById("minute");
const show = () => {
  const { at, told, beds } = samples[Number(slider.value)];
  document.getElementById("when").textContent = told;
  slider.setAttribute("aria-valuetext", told);
  document.querySelectorAll("[data-service]").forEach((cell, i) => (cell.textContent = beds[i]));
  document.querySelectorAll("[data-at]").forEach((row) => row.classList.toggle("later", Number(row.dataset.at) > at));
};
slider.addEventListener("input", show);
show();`;

const STYLE = `body{font:13px/1.45 system-ui,sans-serif;margin:2em;border:6px solid #8a1c8c;padding:2em;color:#1b2430}
h1 span{background:#8a1c8c;color:#fff;padding:.1em .4em}table{border-collapse:collapse;margin:1em 0}
caption{text-align:left;font-weight:600}th,td{border:1px solid #ccc;padding:3px 8px;text-align:left}.number{text-align:right}.tight{white-space:nowrap}.late{font-weight:700}.title{display:none}
.later{color:#666;font-style:italic}#minute{width:min(40em,100%)}
body::after{content:attr(data-mark);position:fixed;inset:0;display:grid;place-items:center;font-size:15vw;font-weight:800;color:#8a1c8c;opacity:.08;transform:rotate(-24deg);pointer-events:none}`;

/** The report as a file of its own, which opens without Chevet and says on every page what it is. @param {Debrief} debrief @param {Drill} drill */
export function downloadReport(debrief, drill) {
  const { title } = drill;
  const report = document.implementation.createHTMLDocument(`${t("drill")} · ${title}`);
  report.documentElement.lang = language.value;
  const charset = report.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  report.head.prepend(charset);
  report.body.dataset.mark = t("drill");
  const samples = samplesInWords(debrief);
  render(
    html`<h1><span>${t("drill")}</span> ${title}</h1>
      <p>${debrief.name} · ${dateTime(debrief.from)} – ${dateTime(debrief.until)}</p>
      <p><strong>${t("drill.paper")}</strong></p>
      <h2>${t("debrief")}</h2>
      ${outcomeTable(debrief)}
      <h2>${t("victim.list")}</h2>
      ${victimTable(debrief.victims)}
      <h2>${t("card.list")}</h2>
      ${debrief.cards.length === 0 ? html`<p>${t("card.none")}</p>` : cardTables(debrief.cards, Date.parse(debrief.until))}
      <h2>${t("replay")}</h2>
      ${courseTable(debrief, samples)}
      <h3>${t("replay.timeline")}</h3>
      ${momentTable(momentsOf(debrief, drill))}`,
    report.body,
  );
  // Of this page's making, and held by its policy, until it is a text: style and script are no part of it before.
  const script = `const samples = ${JSON.stringify(samples).replaceAll("<", "\\u003c")};\n${SCRIPT}`;
  const text = `<!doctype html>\n${report.documentElement.outerHTML}`
    .replace("</head>", () => `<style>${STYLE}</style></head>`)
    .replace("</body>", () => `<script>${script}</script></body>`);
  download(text, "text/html", `${t("drill")}-${debrief.until.slice(0, 16).replace(/[:T]/g, "-")}.html`);
}
