// @ts-check
/** @import {Change} from "../core/forecast.js" @import {Futures, FuturesResult, FuturesSeries, Total} from "../core/futures.js" */
import { css, html } from "lit";
import { refused } from "../acts/act-form.js";
import { askFutures, cancelFutures, futures, isOpen } from "../core/futures.js";
import { actor } from "../core/preferences.js";
import { route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { serviceName } from "../i18n/describe.js";
import { dateTime } from "../i18n/format.js";
import { decimal, number, percent, t } from "../i18n/index.js";
import { ChevetElement } from "../components/element.js";
import "../components/forecast-chart.js";
import { overTime, shared, tables } from "../components/styles.js";

const SPANS = /** @type {const} */ ([72, 336]);
const ARMS = /** @type {const} */ (["without", "with"]);
const WHATS = /** @type {const} */ (["beds", "electivesCancelled", "dischargesAdvanced", "influx"]);
const INFLUX_HOURS = 6;

/** @typedef {typeof WHATS[number]} What */
/** @typedef {{service: string, what: What, count: number, hours: number, given: boolean}} Line what is tried; or, when given, what happens anyway */

/** The next two weeks many times over, with and without what somebody would do. */
class FuturesView extends ChevetElement {
  static properties = {
    lines: { state: true },
    what: { state: true },
    service: { state: true },
    span: { state: true },
  };

  static styles = [
    shared,
    tables,
    overTime,
    css`
      :host {
        padding: 0;
      }
      form {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(0, 2fr) minmax(5em, 1fr) minmax(5em, 1fr) auto;
        gap: var(--s2);
        align-items: end;
        padding: var(--s3);
      }
      form .given {
        display: flex;
        gap: 6px;
        align-items: center;
        min-height: 24px;
        grid-column: 1 / -1;
      }
      .frame {
        margin-bottom: var(--s3);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s2);
        margin: var(--s3) 0;
      }
      .arms {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--s3);
      }
      .arms figure {
        margin: 0 0 var(--s3);
        padding: var(--s3);
        overflow: hidden;
      }
      chevet-forecast-chart {
        height: clamp(240px, 34vh, 380px);
      }
      .choice button[aria-pressed="true"] {
        background: var(--accent);
        border-color: var(--accent);
        color: var(--on-accent);
        font-weight: 600;
      }
      td.sure {
        font-weight: 650;
      }
      tr[aria-selected="true"] td {
        background: var(--bg);
      }
      @media (max-width: 1100px) {
        .arms,
        form {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  known = new Watch(this, board, (value) => value?.services);
  actor = new Watch(this, actor);
  asked = new Watch(this, futures);
  hospital = new Watch(this, route, (shown) => shown.hospital);

  constructor() {
    super();
    /** @type {Line[]} */
    this.lines = [];
    /** @type {What} */
    this.what = "beds";
    /** Whose futures are shown; null for the whole hospital. @type {string|null} */
    this.service = null;
    /** @type {typeof SPANS[number]} */
    this.span = 336;
  }

  render() {
    const services = this.known.value;
    if (services === undefined) {
      return "";
    }
    const asked = this.asked.value?.hospital === this.hospital.value ? this.asked.value : null;
    return html`
      <h3>${t("futures")}</h3>
      <p class="quiet">${t("futures.why")}</p>
      <div class="frame">
        ${this.#form(services)}
        ${this.lines.length === 0
          ? ""
          : html`<table data-testid="futures-lines">
              <tbody>
                ${this.lines.map(
                  (line) => html`<tr>
                    <td>${serviceName(line.service)}</td>
                    <td>${said(line)}</td>
                    <td class="quiet">${line.given ? t("futures.inBoth") : t("futures.measure")}</td>
                    <td class="number"><button @click=${() => (this.lines = this.lines.filter((one) => one !== line))}>${t("futures.remove")}</button></td>
                  </tr>`,
                )}
              </tbody>
            </table>`}
      </div>
      ${this.#actions(asked)} ${asked?.result ? this.#result(asked, asked.result) : ""}
    `;
  }

  /** @param {{id: string, name: string}[]} services */
  #form(services) {
    const influx = this.what === "influx";
    return html`<form @submit=${this.#add} data-testid="futures-add">
      <label>${t("service")}<select name="service">${services.map((service) => html`<option value=${service.id}>${service.name}</option>`)}</select></label>
      <label
        >${t("futures.what")}<select name="what" @change=${(/** @type {any} */ event) => (this.what = event.target.value)}>
          ${WHATS.map((what) => html`<option value=${what} ?selected=${what === this.what}>${t(`futures.what.${what}`)}</option>`)}
        </select></label
      >
      <label>${t(this.what === "beds" ? "futures.beds" : "futures.patients")}<input name="count" type="number" min=${this.what === "beds" ? -1000 : 1} max="1000" required .defaultValue=${"5"} /></label>
      ${influx ? html`<label>${t("futures.within")}<input name="hours" type="number" min="1" max="336" required .defaultValue=${String(INFLUX_HOURS)} /></label>` : html`<span></span>`}
      <button>${t("futures.add")}</button>
      ${influx ? html`<label class="given"><input name="given" type="checkbox" .defaultChecked=${true} />${t("futures.given")}</label>` : ""}
    </form>`;
  }

  /** @param {SubmitEvent} event */
  #add(event) {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const count = Number(fields.get("count"));
    if (count !== 0) {
      const line = { service: String(fields.get("service")), what: this.what, count, hours: Number(fields.get("hours") ?? 1), given: this.what === "influx" && fields.has("given") };
      this.lines = [...this.lines, line];
    }
  }

  /** @param {Futures|null} asked */
  #actions(asked) {
    const open = isOpen(asked);
    const tries = this.lines.some((line) => !line.given);
    return html`<div class="actions">
        <button class="primary" data-testid="futures-ask" ?disabled=${open || !tries || this.actor.value === null} @click=${this.#ask}>${t("futures.ask")}</button>
        ${this.lines.length > 0 && !tries ? html`<span class="quiet">${t("futures.noMeasure")}</span>` : ""}
        ${open && asked !== null
          ? html`<progress max=${asked.count} .value=${asked.done} aria-label=${t("futures")}></progress>
              <span role="status" data-testid="futures-progress">${asked.state === "WAITING" ? t("futures.waiting") : t("futures.progress", { done: asked.done, count: asked.count })}</span>
              <button data-testid="futures-cancel" ?disabled=${asked.id === null} @click=${cancelFutures}>${t("futures.cancel")}</button>`
          : ""}
        ${asked?.state === "CANCELLED" ? html`<span role="status" data-testid="futures-cancelled">${t("futures.cancelled", { done: asked.done, count: asked.count })}</span>` : ""}
      </div>
      ${asked?.state === "FAILED" ? (asked.problem === null ? html`<p role="alert">${t("futures.failed")}</p>` : refused(asked.problem)) : ""}`;
  }

  #ask() {
    askFutures(this.lines.filter((line) => line.given).map(change), this.lines.filter((line) => !line.given).map(change));
  }

  /** @param {Futures} asked @param {FuturesResult} result */
  #result(asked, result) {
    const { series: all = [], hours = [], at } = result;
    const series = all.find((one) => one.service === this.service) ?? all[0];
    if (series === undefined || at === undefined) {
      const { daysKnown = 0, daysNeeded = 0 } = result.tooLittleHistory ?? {};
      return html`<p class="empty" data-testid="futures-too-little">${t("futures.tooLittle", { known: daysKnown, needed: daysNeeded })}</p>`;
    }
    const name = series.service === null ? t("occupancy.whole") : serviceName(series.service);
    return html`<section data-testid="futures-result">
      <header>
        <h2>${name}</h2>
        <span class="quiet">${t("futures.from", { at: dateTime(at), seed: String(asked.seed) })}</span>
        <span class="spread"></span>
        <div class="choice" role="group" aria-label=${t("occupancy.period")}>
          ${SPANS.map((span) => html`<button aria-pressed=${this.span === span} @click=${() => (this.span = span)}>${t(`forecast.span.${span}`)}</button>`)}
        </div>
      </header>
      <div class="arms">
        ${ARMS.map((arm) => {
          const other = arm === "with" ? "without" : "with";
          return html`<figure class="frame">
            <figcaption><strong>${t(`futures.${arm}`)}</strong> <span class="quiet">${t("futures.legend", { other: t(`futures.${other}`) })}</span></figcaption>
            <chevet-forecast-chart words="futures" .forecast=${{ at, hours }} .series=${charted(series, arm)} .changed=${charted(series, other)} .span=${this.span}></chevet-forecast-chart>
          </figure>`;
        })}
      </div>
      <div class="frame">${daysTable(series, hours, at)}</div>
      <div class="frame">${this.#services(all)}</div>
      <p class="quiet">${t("futures.means")}</p>
    </section>`;
  }

  /** @param {FuturesSeries[]} all */
  #services(all) {
    return html`<table data-testid="futures-services">
      <thead>
        <tr><th rowspan="2">${t("service")}</th><th class="number" colspan="3">${t("futures.fullHours")}</th><th class="number" colspan="3">${t("futures.waitedHours")}</th></tr>
        <tr>${[0, 1].map(() => html`<th class="number">${t("futures.short.without")}</th><th class="number">${t("futures.short.with")}</th><th class="number">${t("futures.difference")}</th>`)}</tr>
      </thead>
      <tbody>
        ${all.map(
          (series) => html`<tr aria-selected=${series.service === this.service} data-service=${series.service ?? ""}>
            <td><button class="link" @click=${() => (this.service = series.service)}>${series.service === null ? t("occupancy.whole") : serviceName(series.service)}</button></td>
            ${totalCells(series.fullHours)} ${totalCells(series.waitedHours)}
          </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

/** @param {Line} line @returns {Change} */
function change({ service, what, count, hours }) {
  return { service, beds: 0, electivesCancelled: 0, dischargesAdvanced: 0, influx: 0, influxHours: hours, [what]: count };
}

/** @param {Line} line */
function said({ what, count, hours }) {
  return t(what === "beds" && count < 0 ? "futures.line.closed" : `futures.line.${what}`, { count: Math.abs(count), hours });
}

/** As the chart of forecasts has it. @param {FuturesSeries} series @param {typeof ARMS[number]} arm */
function charted(series, arm) {
  return { ...series[arm], service: series.service, patients: series.occupied, open: series[arm].beds, withSurge: series[arm].beds };
}

/** At the same hour of each day. @param {FuturesSeries} series @param {number[]} hours @param {string} at */
function daysTable(series, hours, at) {
  const days = [1, 2, 3, 7, 14].map((day) => ({ i: hours.indexOf(day * 24), at: Date.parse(at) + day * 86_400_000 }));
  /** @param {string} label @param {(i: number) => unknown} cell */
  const row = (label, cell) => html`<tr><th scope="row">${label}</th>${days.map(({ i }) => html`<td class="number">${cell(i)}</td>`)}</tr>`;
  /** @param {number[]} low @param {number[]} high @param {number} i */
  const band = (low, high, i) => `${number(low[i])}–${number(high[i])}`;
  return html`<table data-testid="futures-days">
    <thead><tr><th></th>${days.map((day) => html`<th class="number">${dateTime(day.at)}</th>`)}</tr></thead>
    <tbody>
      ${ARMS.map((arm) => row(t("futures.occupied", { arm: t(`futures.${arm}`) }), (i) => html`<b>${number(series[arm].median[i])}</b> (${band(series[arm].low80, series[arm].high80, i)})`))}
      ${row(t("futures.differenceOccupied"), (i) => html`<b>${signed(series.difference.mean[i])}</b> (${band(series.difference.low95, series.difference.high95, i)})`)}
      ${ARMS.map((arm) => row(t("futures.noFreeBed", { arm: t(`futures.${arm}`) }), (i) => percent(series[arm].noFreeBed[i], 1)))}
      ${ARMS.map((arm) => row(t("futures.waitingMean", { arm: t(`futures.${arm}`) }), (i) => decimal(series[arm].waiting[i])))}
    </tbody>
  </table>`;
}

/** @param {Total} total */
function totalCells(total) {
  const sure = Math.abs(total.difference.mean) > total.difference.half;
  return html`<td class="number">${decimal(total.without.mean)}</td>
    <td class="number">${decimal(total.with.mean)}</td>
    <td class="number ${sure ? "sure" : ""}">${signed(total.difference.mean)} ± ${decimal(total.difference.half)}</td>`;
}

/** @param {number} value */
function signed(value) {
  return `${value > 0 ? "+" : value < 0 ? "−" : ""}${decimal(Math.abs(value))}`;
}

customElements.define("chevet-futures", FuturesView);
