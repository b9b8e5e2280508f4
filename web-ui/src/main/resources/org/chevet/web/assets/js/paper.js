// @ts-check
/** @import {Board} from "./core/store.js" @import {Bed, BedRequest, Service, StayCell} from "./core/types.js" */
import { html, nothing, render } from "lit";
import { nowMillis } from "./core/clock.js";
import { shownCopy } from "./core/copy.js";
import { figuresOf } from "./core/figures.js";
import { connection } from "./core/live.js";
import { atEmergency, board, feeds, lackingBed, placeUnknown } from "./core/store.js";
import { floorName, needsInWords, person } from "./i18n/describe.js";
import { dateTime, dayKey, elapsed, longDateTime, time, weekday } from "./i18n/format.js";
import { number, t, word } from "./i18n/index.js";

// The whole board on paper, for when there are no screens: by service, every bed, in words, black on white, with room to write.
// It is made when the browser is about to print, and thrown away after.

const margins = new CSSStyleSheet();

const DAY = 24 * 3_600_000;
const DAYS_BY_NAME = 6;

window.addEventListener("beforeprint", () => {
  const known = board.value;
  if (known === null) {
    return;
  }
  margins.replaceSync(marginText(known));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets.filter((sheet) => sheet !== margins), margins];
  render(sheet(known), paper());
});

window.addEventListener("afterprint", () => render(nothing, paper()));

/** @returns {HTMLElement} */
function paper() {
  return /** @type {HTMLElement} */ (document.getElementById("paper"));
}

/** On every page: whose board this is and how old. Browsers that know no page margins have it on the first page only. @param {Board} known */
function marginText(known) {
  const left = [...(known.hospital.drill === undefined ? [] : [t("drill.paper")]), t("paper.title"), known.hospital.name].join(" · ");
  return `@page {
    @top-left { content: ${quoted(left)}; }
    @top-right { content: ${quoted(t("paper.state", { at: longDateTime(nowMillis()) }))}; }
    @bottom-left { content: ${quoted(t("paper.private"))}; }
    @bottom-right { content: counter(page) " / " counter(pages); }
  }`;
}

/** @param {string} text */
function quoted(text) {
  return `"${text.replace(/["\\\n\r]/g, (one) => `\\${one.charCodeAt(0).toString(16)} `)}"`;
}

/** @param {Board} known */
function sheet(known) {
  const figures = figuresOf(known);
  return html`
    ${known.hospital.drill === undefined ? "" : html`<div class="drill" aria-hidden="true">${t("drill")}</div>`}
    <header>
      ${known.hospital.drill === undefined ? "" : html`<p class="kind">${t("drill.paper")} · ${known.hospital.drill}</p>`}
      <p class="kind">${t("paper.title")}</p>
      <h1>${known.hospital.name}</h1>
      <p class="state">${t("paper.state", { at: longDateTime(nowMillis()) })}</p>
      ${connection.value.state === "live"
        ? html`<p>${t("paper.live")}</p>`
        : html`<p class="gone">${t("paper.gone", { at: longDateTime(shownCopy.value?.takenMillis ?? connection.value.sinceMillis) })}</p>`}
      <p>${feeds.value.map((feed) => t(feed.lastMessageAt ? "paper.feed" : "paper.feed.never", { feed: feed.name, at: feed.lastMessageAt ? dateTime(feed.lastMessageAt) : "" })).join(" · ")}</p>
      <p class="figures">
        ${t("paper.figures", {
          occupied: figures.occupied,
          open: figures.open,
          staffed: figures.staffed,
          ready: figures.ready,
          dirty: figures.toClean + figures.cleaning,
          withoutBed: figures.withoutBed,
          waiting: figures.waiting,
        })}
      </p>
    </header>
    <div class="services">${known.services.map(serviceSheet)} ${staysSheet("board.elsewhere", placeUnknown(known))} ${staysSheet("board.emergency", atEmergency(known))} ${requestsSheet(known)}</div>
  `;
}

const COLUMNS = html`<colgroup><col class="bed" /><col class="state" /><col /><col class="leaves" /><col class="notes" /></colgroup>`;

/** @param {Service} service */
function serviceSheet(service) {
  const { counts } = service;
  const place = [service.site, floorName(service.floor)].filter(Boolean).join(", ");
  return html`<table>
    ${COLUMNS}
    <thead>
      <tr class="service">
        <th colspan="5">
          <strong>${service.name}</strong> ${place === "" ? "" : html`<span>${place}</span>`}
          <div>${t("paper.service", { occupied: counts.occupied, open: counts.open, staffed: counts.staffed, ready: counts.ready })}</div>
        </th>
      </tr>
      <tr>
        <th>${t("bed")}</th>
        <th>${t("bed.state")}</th>
        <th>${t("paper.patient")}</th>
        <th>${t("paper.leaves")}</th>
        <th class="notes">${t("paper.notes")}</th>
      </tr>
    </thead>
    <tbody>
      ${service.rooms.flatMap((room) => room.beds).map(bedRows)}
      ${lackingBed(service).map((stay) => html`<tr class="lacking"><td>—</td><td>${t("withoutBed")}</td>${stayCells(stay, "")}</tr>`)}
    </tbody>
  </table>`;
}

/** @param {Bed} bed */
function bedRows(bed) {
  const stays = bed.stays ?? [];
  const signs = [bed.block ? word("block", bed.block.reason) : "", bed.contaminated ? t("bed.contaminated") : "", bed.surge ? t("paper.surge") : "", bed.anomaly ? t("bed.anomaly") : ""]
    .filter(Boolean)
    .join(", ");
  const head = html`<td class="bed">${bed.id}</td>
    <td>${word("state", bed.state)}</td>`;
  if (stays.length === 0) {
    const until = bed.reservation === undefined ? "" : `${bed.reservation.request}, ${t("until", { at: time(bed.reservation.until) })}`;
    return html`<tr class=${bed.state === "READY" ? "ready" : ""}>${head}<td colspan="2">${[until, signs].filter(Boolean).join(", ")}</td><td></td></tr>`;
  }
  return stays.map((stay, i) => html`<tr>${i === 0 ? head : html`<td class="bed">${bed.id}</td><td>${t("paper.too")}</td>`}${stayCells(stay, signs)}</tr>`);
}

/** @param {StayCell} stay @param {string} signs */
function stayCells(stay, signs) {
  const about = [
    stay.isolation ? word("isolation", stay.isolation) : "",
    stay.status === "ON_LEAVE" ? t("stay.onLeave") : "",
    stay.outlier ? t("paper.outlier") : "",
    stay.medicallyReady ? t("stay.medicallyReady") : "",
    ...(stay.barriers ?? []).map(({ kind }) => word("barrier", kind)),
    signs,
  ]
    .filter(Boolean)
    .join(", ");
  return html`<td><b>${stay.initials}</b> ${person(stay)} <span class="stay">${stay.id}</span>${about === "" ? "" : html`<div class="about">${about}</div>`}</td>
    <td>${stay.expectedDischarge === undefined ? "" : leaving(stay.expectedDischarge)}</td>
    <td></td>`;
}

/** Today's by the hour alone and bold; within the week by the day's name. @param {string} at */
function leaving(at) {
  if (dayKey(at) <= dayKey(nowMillis())) {
    return html`<b>${dateTime(at)}</b>`;
  }
  return Date.parse(at) - nowMillis() < DAYS_BY_NAME * DAY ? `${weekday(at)} ${time(at)}` : dateTime(at);
}

/** @param {string} title @param {StayCell[]} stays */
function staysSheet(title, stays) {
  return stays.length === 0
    ? ""
    : html`<table>
        ${COLUMNS}
        <thead>
          <tr class="service"><th colspan="5"><strong>${t(title, { count: stays.length })}</strong></th></tr>
        </thead>
        <tbody>${stays.map((stay) => html`<tr><td>—</td><td>${t("withoutBed")}</td>${stayCells(stay, "")}</tr>`)}</tbody>
      </table>`;
}

/** @param {Board} known */
function requestsSheet(known) {
  return known.requests.length === 0
    ? ""
    : html`<table>
        ${COLUMNS}
        <thead>
          <tr class="service"><th colspan="5"><strong>${t("nav.requests")} (${number(known.requests.length)})</strong></th></tr>
          <tr>
            <th>${t("request.priority")}</th>
            <th>${t("request.waits")}</th>
            <th>${t("request.needs")}</th>
            <th>${t("request.bed")}</th>
            <th class="notes">${t("paper.notes")}</th>
          </tr>
        </thead>
        <tbody>${known.requests.map(requestRow)}</tbody>
      </table>`;
}

/** @param {BedRequest} request */
function requestRow(request) {
  const needs = needsInWords(request.needs).join(", ");
  const who = request.stay ? t("stay.named", { stay: request.stay }) : request.id;
  return html`<tr>
    <td class="bed">${t("priority.short", { priority: request.priority })}</td>
    <td>${elapsed(request.requestedAt)}</td>
    <td>${who}<div class="about">${[person({ sex: request.needs.sex, age: request.needs.ageYears }), needs].filter(Boolean).join(", ")}</div></td>
    <td>${request.bed ?? ""}</td>
    <td></td>
  </tr>`;
}
